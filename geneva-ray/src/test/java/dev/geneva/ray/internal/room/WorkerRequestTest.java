package dev.geneva.ray.internal.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.ResourcesUnavailableException;
import dev.geneva.udtf.Resources;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WorkerRequestTest {

  private static final long GIB = 1L << 30;

  @Test
  void fractionsAboveOneNameBothNeighbours() {
    assertThatThrownBy(() -> WorkerRequest.of("F", new Resources(2.5, 0, OptionalLong.empty())))
        .isInstanceOf(ResourcesUnavailableException.class)
        .hasMessage("F asks for numCpus = 2.5. Above 1, Ray has whole ones only: make it 2 or 3.");
    assertThatThrownBy(() -> WorkerRequest.of("F", new Resources(1, 1.5, OptionalLong.empty())))
        .hasMessageContaining("numGpus = 1.5")
        .hasMessageContaining("make it 1 or 2");
  }

  @Test
  void whatRayCountsIsAskedFor() {
    assertThat(WorkerRequest.of("F", new Resources(0.5, 0.25, OptionalLong.empty())).resources())
        .isEqualTo(Map.of("CPU", 0.5, "GPU", 0.25));
    assertThat(WorkerRequest.of("F", new Resources(3, 0, OptionalLong.empty())).resources())
        .isEqualTo(Map.of("CPU", 3.0));
  }

  @Test
  void memoryIsSplitOverTheFunctionAndItsJvm() {
    WorkerRequest request = WorkerRequest.of("F", new Resources(1, 0, OptionalLong.of(2 * GIB)));
    assertThat(request.heapBytes()).isEqualTo(GIB);
    assertThat(request.resources().get("memory")).isEqualTo(3.25 * GIB);
    assertThat(request.jvmOptions()).contains("-Xmx1024m", "-XX:MaxDirectMemorySize=512m");
  }

  @Test
  void asManyFitIntoANodeAsItsScarcestResourceAdmits() {
    WorkerRequest request = WorkerRequest.of("F", new Resources(2, 0, OptionalLong.of(GIB)));
    assertThat(request.fitsInto(Map.of("CPU", 9.0, "memory", 100.0 * GIB))).isEqualTo(4);
    assertThat(request.fitsInto(Map.of("CPU", 9.0, "memory", 2.0 * GIB))).isEqualTo(1);
    assertThat(request.fitsInto(Map.of("CPU", 9.0))).isZero();
  }
}
