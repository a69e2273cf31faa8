package dev.geneva.ray.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.ResourcesUnavailableException;
import dev.geneva.ray.internal.room.Nodes;
import dev.geneva.ray.internal.room.WorkerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VacancyTest {

  private long now;
  private Nodes nodes = new Nodes(List.of(new Nodes.Node("10.0.0.1", Map.of("CPU", 1.0))));

  private final Vacancy vacancy =
      new Vacancy(
          new WorkerRequest(Map.of("CPU", 1.0), 1 << 30, 1 << 30), "Copy", () -> nodes, () -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void aBusyClusterIsWaitedForTenMinutes() {
    pass(Duration.ofMinutes(9));
    assertThatCode(vacancy::check).doesNotThrowAnyException();
    pass(Duration.ofMinutes(2));
    assertThatThrownBy(vacancy::check)
        .isInstanceOf(ResourcesUnavailableException.class)
        .hasMessage(
            "No worker for Copy with CPU 1 came in 10 minutes: the cluster is busy with other work.");
  }

  @Test
  void whereNoNodeIsLeftTheEndComesWhenRayHasHadTimeToNotice() {
    vacancy.workers(1);
    pass(Duration.ofMinutes(1));
    vacancy.workers(-1);
    nodes = new Nodes(List.of(new Nodes.Node("10.0.0.2", Map.of("CPU", 0.0))));
    pass(Duration.ofSeconds(20));
    assertThat(vacancy.isFilled()).isFalse();
    assertThatCode(vacancy::check).doesNotThrowAnyException();
    pass(Duration.ofSeconds(10));
    assertThatThrownBy(vacancy::check)
        .isInstanceOf(ResourcesUnavailableException.class)
        .hasMessageContaining("no node that is left has that: 10.0.0.2 has CPU 0");
  }

  @Test
  void whileOneWorksTheOthersMayTakeTheirTime() {
    vacancy.workers(1);
    nodes = new Nodes(List.of());
    pass(Duration.ofHours(5));
    assertThatCode(vacancy::check).doesNotThrowAnyException();
    assertThat(vacancy.isFilled()).isTrue();
  }
}
