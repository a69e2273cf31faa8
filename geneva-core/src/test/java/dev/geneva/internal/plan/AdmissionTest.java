package dev.geneva.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.LocalCapacity;
import dev.geneva.udtf.Resources;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private static final LocalCapacity CAPACITY = new LocalCapacity(8, 2, 1_000);

  @Test
  void theScarcestAdmits() {
    assertThat(admission(2, 0, OptionalLong.empty()))
        .isEqualTo(new Admission(4, "8.0 CPUs, of which a call asks for 2.0 admit so many"));
    assertThat(admission(2, 1, OptionalLong.empty()))
        .isEqualTo(new Admission(2, "2.0 GPUs, of which a call asks for 1.0 admit so many"));
    assertThat(admission(1, 0, OptionalLong.of(300)))
        .isEqualTo(
            new Admission(3, "1,000 bytes of memory, of which a call asks for 300 admit so many"));
  }

  @Test
  void whoAsksForMoreThanThereIsRunsAlone() {
    assertThat(admission(1, 0, OptionalLong.of(3_000)))
        .isEqualTo(
            new Admission(
                1,
                "1,000 bytes of memory, of which a call asks for 3,000 admit none, so one runs"
                    + " alone"));
  }

  @Test
  void concurrencyOnlyLowersIt() {
    Resources resources = new Resources(1, 0, OptionalLong.empty());
    assertThat(Admission.of(CAPACITY, resources, OptionalInt.of(3)))
        .isEqualTo(
            new Admission(
                3,
                "the refresh's concurrency, where 8.0 CPUs, of which a call asks for 1.0 would"
                    + " admit 8"));
    assertThat(Admission.of(CAPACITY, resources, OptionalInt.of(100)).workers()).isEqualTo(8);
  }

  private static Admission admission(double cpus, double gpus, OptionalLong memory) {
    return Admission.of(CAPACITY, new Resources(cpus, gpus, memory), OptionalInt.empty());
  }
}
