package dev.geneva.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TaskCutterTest {

  @Test
  void whatFitsIntoMemoryIsReadInOnePassByTasksOfAboutEqualSize() {
    List<Pass> passes = new TaskCutter(2, 10, 10_000).cut(equal(100, 10));

    assertThat(passes).hasSize(1);
    assertThat(passes.get(0).tasks()).hasSize(9).allMatch(task -> !task.streamed());
    assertThat(passes.get(0).tasks()).allMatch(task -> task.rows() <= 125);
  }

  @Test
  void whatDoesNotFitIsReadInPassesOfWhichTwoFit() {
    List<Pass> passes = new TaskCutter(2, 10, 4_000).cut(equal(100, 10));

    assertThat(passes).hasSize(5);
    assertThat(passes).allMatch(pass -> pass.rows() <= 200 && !pass.streamed());
    assertThat(passes).allMatch(pass -> pass.tasks().size() >= 4, "has work for all workers");
  }

  @Test
  void onlyAPartitionThatDoesNotFitIsStreamed() {
    List<Partition> partitions = new ArrayList<>(equal(3, 10));
    partitions.add(1, partition(9, 1_000));

    List<Pass> passes = new TaskCutter(2, 10, 4_000).cut(partitions);

    assertThat(passes).filteredOn(Pass::streamed).hasSize(1);
    assertThat(passes).filteredOn(pass -> !pass.streamed()).hasSize(1);
    assertThat(passes.get(0).streamed()).as("the others fit together").isTrue();
  }

  @Test
  void oneWorkerNeedsNoMoreTasksThanMemoryAsksFor() {
    assertThat(new TaskCutter(1, 10, 10_000).cut(equal(100, 10)).get(0).tasks()).hasSize(1);
    assertThat(new TaskCutter(1, 10, 4_000).cut(equal(100, 10))).hasSize(5);
  }

  @Test
  void nothingToRunIsNoPass() {
    assertThat(new TaskCutter(2, 10, 10_000).cut(List.of())).isEmpty();
  }

  @Property(tries = 500)
  void eachPartitionIsInOneTaskInOrderAndMemoryIsBounded(
      @ForAll @Size(max = 200) List<@IntRange(min = 1, max = 5_000) Integer> rows,
      @ForAll @IntRange(min = 1, max = 16) int workers,
      @ForAll @LongRange(min = 1, max = 1_000) long bytesPerRow,
      @ForAll @LongRange(min = 1, max = 1_000_000) long memory) {
    List<Partition> partitions =
        IntStream.range(0, rows.size()).mapToObj(i -> partition(i, rows.get(i))).toList();

    List<Pass> passes = new TaskCutter(workers, bytesPerRow, memory).cut(partitions);

    List<Task> tasks =
        passes.stream()
            .flatMap(pass -> pass.tasks().stream())
            .sorted(Comparator.comparingInt(Task::ordinal))
            .toList();
    assertThat(tasks.stream().map(Task::ordinal))
        .containsExactlyElementsOf(IntStream.range(0, tasks.size()).boxed().toList());
    assertThat(tasks.stream().flatMap(task -> task.partitions().stream()))
        .containsExactlyElementsOf(partitions);
    assertThat(passes)
        .allSatisfy(
            pass -> {
              if (pass.streamed()) {
                assertThat(pass.tasks()).hasSize(1);
                assertThat(pass.tasks().get(0).partitions()).hasSize(1);
              } else {
                assertThat(pass.tasks()).noneMatch(Task::streamed);
              }
            });
    // Of rows that don't fit into it, a pass has one at least.
    long gathered = passes.stream().filter(pass -> !pass.streamed()).mapToLong(Pass::rows).sum();
    long largest =
        passes.stream().filter(pass -> !pass.streamed()).mapToLong(Pass::rows).max().orElse(0);
    assertThat(Math.min(gathered, 2 * largest) * bytesPerRow)
        .isLessThanOrEqualTo(Math.max(memory, 2 * bytesPerRow));
  }

  private static List<Partition> equal(int count, int rows) {
    return IntStream.range(0, count).mapToObj(i -> partition(i, rows)).toList();
  }

  private static Partition partition(int ordinal, long rows) {
    return new Partition(ordinal, Optional.empty(), rows);
  }
}
