package dev.geneva.internal.run;

import dev.geneva.CheckpointPolicy;
import java.util.concurrent.TimeUnit;

/**
 * How long batches may wait to be made durable together: longer the longer the work has been going
 * on, so that the number of files stays small beside the time that they took.
 *
 * @param policy the refresh's
 * @param begin when the work began, by {@link System#nanoTime}
 */
record CheckpointWindow(CheckpointPolicy policy, long begin) {

  private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(30);
  private static final int SHARE = 100;

  /** Bytes that are made durable before the time is up. */
  private static final long MOST_BYTES = 64L << 20;

  /** The window of work that begins now. */
  static CheckpointWindow beginning(CheckpointPolicy policy) {
    return new CheckpointWindow(policy, System.nanoTime());
  }

  /** Whether there is anything to be made durable before the end. */
  boolean isOpenEnded() {
    return policy.isOff();
  }

  /** The nanoseconds that batches may wait of which the first comes now. */
  long nanos(long now) {
    if (policy.isOff()) {
      return Long.MAX_VALUE;
    }
    return policy.isEveryBatch() ? 0 : Math.max(SHORTEST, Math.min(LONGEST, (now - begin) / SHARE));
  }

  /** The bytes that batches may have that wait. */
  long bytes() {
    if (policy.isOff()) {
      return Long.MAX_VALUE;
    }
    return policy.isEveryBatch() ? 0 : MOST_BYTES;
  }
}
