package dev.geneva.internal.run;

import dev.geneva.internal.plan.Task;
import java.util.List;

/**
 * How a task ended.
 *
 * @param task the task
 * @param groups what it staged; the groups' partitions are the task's, in order; the last ones are
 *     missing if their rows were left to {@link CommonFiles}
 */
public record TaskResult(Task task, List<FileGroup> groups) {
  /** Copies the list. */
  public TaskResult {
    groups = List.copyOf(groups);
  }
}
