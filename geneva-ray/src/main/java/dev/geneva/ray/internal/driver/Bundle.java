package dev.geneva.ray.internal.driver;

import dev.geneva.internal.plan.Pass;
import dev.geneva.internal.plan.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tasks of one pass that one worker executes, one after the other, on rows that it reads in one go:
 * workers share no memory, so each reads the source for itself.
 *
 * @param tasks the largest first; at least one
 */
record Bundle(List<Task> tasks) {
  /** Copies the list. */
  Bundle {
    tasks = List.copyOf(tasks);
  }

  /**
   * Cuts passes, each into as many bundles of about equal work as there are workers at the most.
   *
   * @return the largest first: what begins last should be over soon
   */
  static List<Bundle> cut(List<Pass> passes, int workers) {
    return passes.stream()
        .flatMap(pass -> cut(pass, workers).stream())
        .sorted(Comparator.comparingLong(Bundle::rows).reversed())
        .toList();
  }

  private static List<Bundle> cut(Pass pass, int workers) {
    List<List<Task>> bundles =
        IntStream.range(0, Math.min(workers, pass.tasks().size()))
            .<List<Task>>mapToObj(i -> new ArrayList<>())
            .toList();
    for (Task task : largestFirst(pass.tasks())) {
      bundles.stream().min(Comparator.comparingLong(Bundle::sum)).orElseThrow().add(task);
    }
    return bundles.stream().map(Bundle::new).toList();
  }

  private static List<Task> largestFirst(List<Task> tasks) {
    return tasks.stream().sorted(Comparator.comparingLong(Task::rows).reversed()).toList();
  }

  private static long sum(List<Task> tasks) {
    return tasks.stream().mapToLong(Task::rows).sum();
  }

  /** The rows of all its tasks. */
  long rows() {
    return sum(tasks);
  }

  /** Whether its one task reads by itself. */
  boolean streamed() {
    return tasks.get(0).streamed();
  }
}
