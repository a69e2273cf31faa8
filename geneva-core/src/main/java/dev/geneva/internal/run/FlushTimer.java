package dev.geneva.internal.run;

import dev.geneva.CheckpointPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a task's small partitions have yielded durable in time, also while the function is at
 * work for long and yields nothing.
 */
final class FlushTimer implements AutoCloseable {

  private static final long PERIOD_MILLIS = 50;

  private final @Nullable Thread thread;
  private volatile boolean ended;

  private FlushTimer(@Nullable TaskOutput output) {
    if (output == null) {
      thread = null;
      return;
    }
    thread = new Thread(() -> run(output), Thread.currentThread().getName() + "-flush");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Begins to look after a task's output, where that is called for.
   *
   * @param alone whether the task has one partition only, whose writer keeps the time itself
   */
  static FlushTimer start(TaskOutput output, boolean alone, CheckpointPolicy policy) {
    boolean gathers = !alone && !policy.isOff() && !policy.isEveryBatch();
    return new FlushTimer(gathers ? output : null);
  }

  private void run(TaskOutput output) {
    while (!ended) {
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS));
      if (!ended) {
        output.flushIfDue();
      }
    }
  }

  @Override
  public void close() {
    ended = true;
    if (thread == null) {
      return;
    }
    LockSupport.unpark(thread);
    Joining.join(thread);
  }
}
