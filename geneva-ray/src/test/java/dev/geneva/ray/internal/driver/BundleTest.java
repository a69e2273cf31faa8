package dev.geneva.ray.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.plan.Pass;
import dev.geneva.internal.plan.Task;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BundleTest {

  private static Task task(int ordinal, long rows) {
    return new Task(ordinal, List.of(new Partition(ordinal, Optional.empty(), rows)), false);
  }

  @Test
  void passIsReadOnceByEachWorkerAtTheMost() {
    Pass pass = new Pass(List.of(task(0, 1), task(1, 5), task(2, 4), task(3, 2), task(4, 3)));
    List<Bundle> bundles = Bundle.cut(List.of(pass), 2);
    assertThat(bundles).extracting(Bundle::rows).containsExactly(8L, 7L);
    assertThat(bundles.stream().flatMap(bundle -> bundle.tasks().stream()).map(Task::ordinal))
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  @Test
  void noBundleHasTasksOfTwoPassesAndTheLargestIsFirst() {
    List<Bundle> bundles =
        Bundle.cut(
            List.of(new Pass(List.of(task(0, 1))), new Pass(List.of(task(1, 9), task(2, 9)))), 8);
    assertThat(bundles).extracting(Bundle::rows).containsExactly(9L, 9L, 1L);
    assertThat(bundles).allSatisfy(bundle -> assertThat(bundle.tasks()).hasSize(1));
  }
}
