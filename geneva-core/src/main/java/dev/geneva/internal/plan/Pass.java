package dev.geneva.internal.plan;

import java.util.List;

/**
 * What is read in one go: tasks whose rows fit into memory together, and are gathered by one scan
 * of the source. The tasks are dispatched one by one, and work on their shares of the rows. An
 * engine whose workers share no memory reads a pass several times, each time for the tasks that one
 * worker executes.
 *
 * @param tasks in the order of keys; at least one
 */
public record Pass(List<Task> tasks) {
  /** Copies the list. */
  public Pass {
    tasks = List.copyOf(tasks);
  }

  /** A pass of a task that reads by itself, as it streams. */
  public static Pass of(Task task) {
    return new Pass(List.of(task));
  }

  /** Whether its one task reads by itself, so that there is nothing to gather beforehand. */
  public boolean streamed() {
    return tasks.get(0).streamed();
  }

  /** The rows of all its tasks. */
  public long rows() {
    return tasks.stream().mapToLong(Task::rows).sum();
  }
}
