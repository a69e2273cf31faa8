package dev.geneva.ray.internal.driver;

import dev.geneva.internal.plan.Task;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left of a bundle. It belongs to one thread at a time. */
final class OpenBundle {

  private final boolean streamed;
  private final Deque<TaskRun> left;

  /** A bundle of which nothing was begun. */
  OpenBundle(boolean streamed, List<TaskRun> tasks) {
    this.streamed = streamed;
    this.left = new ArrayDeque<>(tasks);
  }

  /** Whether its task reads by itself. */
  boolean isStreamed() {
    return streamed;
  }

  boolean isEmpty() {
    return left.isEmpty();
  }

  /** The next task, which leaves it; null if there is none. */
  @Nullable TaskRun take() {
    return left.poll();
  }

  /** A task that was taken comes first again. */
  void putBack(TaskRun task) {
    left.addFirst(task);
  }

  /** The tasks that are left. */
  List<Task> tasks() {
    return left.stream().map(TaskRun::task).toList();
  }
}
