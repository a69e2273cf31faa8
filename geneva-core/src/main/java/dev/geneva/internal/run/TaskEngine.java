package dev.geneva.internal.run;

import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Task;
import java.util.List;

/**
 * Runs the tasks of a refresh somewhere, each by {@link TaskRunner}.
 *
 * <p>Every implementation passes the contract suite {@code TaskEngineContract}.
 */
public interface TaskEngine {

  /**
   * Runs all tasks. After the first failure no other task is begun, and the failure is thrown once
   * those that were have ended. When the call returns or throws, nothing of it runs any more.
   *
   * @param concurrency the most tasks at a time, at least 1
   * @return one result for each task, in the order of the tasks
   * @throws dev.geneva.RefreshCancelledException if the stop was asked for
   */
  List<TaskResult> run(Job job, List<Task> tasks, int concurrency, Workplace workplace);
}
