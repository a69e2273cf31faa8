package dev.geneva.ray.internal.driver;

import dev.geneva.internal.plan.Task;
import dev.geneva.internal.run.Checkpoints;

/**
 * A task on its way through the workers: how far it is, and which workers it has cost. It belongs
 * to one thread at a time.
 *
 * @param task the task
 * @param state what is done of it
 * @param losses the workers that died while they executed it
 */
record TaskRun(Task task, TaskState state, Losses losses) {

  /** A task that no worker has begun. */
  static TaskRun of(Task task, String udtf, Checkpoints checkpoints) {
    return new TaskRun(
        task,
        new TaskState(task, checkpoints),
        new Losses("while they executed " + udtf + label(task)));
  }

  private static String label(Task task) {
    int more = task.partitions().size() - 1;
    return task.partitions().get(0).label() + (more > 0 ? " and " + more + " more" : "");
  }
}
