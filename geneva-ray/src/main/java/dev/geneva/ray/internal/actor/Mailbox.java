package dev.geneva.ray.internal.actor;

import dev.geneva.GenevaException;
import dev.geneva.RefreshCancelledException;
import dev.geneva.ray.internal.wire.PlainError;
import dev.geneva.ray.internal.wire.WorkerMessage.Report;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reports on their way to the driver, which fetches them. One stays until the driver acknowledges
 * it, so that an answer that nobody reads any more loses nothing; a worker to which the driver no
 * longer listens waits here until it is killed. Thread-safe.
 */
final class Mailbox {

  private final Deque<Report> pending = new ArrayDeque<>();
  private long posted;
  private long acknowledged;
  private @Nullable PlainError refused;
  private long wakes;

  /**
   * Posts a report, and waits until it is acknowledged.
   *
   * @param report makes it from its number
   * @throws RuntimeException what the driver answers, if it can't be remembered
   */
  synchronized void post(LongFunction<Report> report) {
    long number = ++posted;
    pending.add(report.apply(number));
    notifyAll();
    try {
      while (acknowledged < number) {
        PlainError error = refused;
        if (error != null) {
          throw thrown(error.error());
        }
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefreshCancelledException("Interrupted while a checkpoint was written.", e);
    }
  }

  private static RuntimeException thrown(Throwable error) {
    return error instanceof RuntimeException unchecked
        ? unchecked
        : new GenevaException("A checkpoint couldn't be written: " + error, error);
  }

  /**
   * Waits a while for reports that aren't acknowledged.
   *
   * @param upTo the last one that is
   * @param error why the one after it never will be
   */
  synchronized List<Report> fetch(long upTo, @Nullable PlainError error, long millis)
      throws InterruptedException {
    // An answer that comes late must not take anything back.
    acknowledged = Math.max(acknowledged, upTo);
    if (error != null) {
      refused = error;
    }
    while (!pending.isEmpty() && pending.getFirst().number() <= acknowledged) {
      pending.removeFirst();
    }
    notifyAll();
    long wakesBefore = wakes;
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (pending.isEmpty() && wakes == wakesBefore) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    return List.copyOf(pending);
  }

  /** Whoever waits for reports shall go on: the task has ended. */
  synchronized void wake() {
    wakes++;
    notifyAll();
  }
}
