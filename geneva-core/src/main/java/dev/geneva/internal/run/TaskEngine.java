package dev.geneva.internal.run;

import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Pass;
import java.util.List;

/**
 * Runs the tasks of a refresh somewhere, each by {@link TaskRunner}.
 *
 * <p>Every implementation passes the contract suite {@code TaskEngineContract}.
 */
public interface TaskEngine {

  /**
   * Runs the tasks of all passes, of those whose rows are in memory the largest first. After the
   * first failure no other task is begun, and the failure is thrown once those that were have
   * ended. When the call returns or throws, nothing of it runs any more.
   *
   * <p>In each process that executes tasks, the rows of two passes at the most are in memory, and
   * they are released once the last of a pass's tasks has ended.
   *
   * @param concurrency the most tasks at a time, at least 1
   * @return what was staged of all tasks, in the order of the partitions
   * @throws dev.geneva.RefreshCancelledException if the stop was asked for
   */
  List<FileGroup> run(Job job, List<Pass> passes, int concurrency, Workplace workplace);
}
