package dev.geneva.ray.internal.driver;

import dev.geneva.EngineLostException;
import java.time.Duration;

/**
 * The workers that one piece of work has lost in a row. Ray takes up to 15 s to notice that a node
 * is dead, and until then places new workers on it, which die at once: so it isn't given up before
 * both many were lost and much time has passed. Work that kills each of its workers comes to an end
 * by this, too. Used by one thread.
 */
final class Losses {

  private static final int LEAST = 4;
  private static final Duration LEAST_TIME = Vacancy.NODE_DEATH;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  private final String what;
  private int lost;
  private long firstNanos;

  /**
   * Counts from zero.
   *
   * @param what the work, for the error message
   */
  Losses(String what) {
    this.what = what;
  }

  /** The time begins anew: others work, so that nothing is lost by trying on. */
  void forgive() {
    firstNanos = System.nanoTime();
  }

  /**
   * Counts one more.
   *
   * @return how long to wait before the next attempt
   * @throws EngineLostException if it was one too many
   */
  Duration add(WorkerLostException loss) {
    if (lost++ == 0) {
      firstNanos = System.nanoTime();
    }
    if (lost >= LEAST && System.nanoTime() - firstNanos >= LEAST_TIME.toNanos()) {
      throw new EngineLostException(
          "%d workers in a row died %s. The last: %s. If the function needs more memory than its"
                  .formatted(lost, what, loss.getMessage())
              + " host has, Ray or the system kills it; its log tells more.",
          loss);
    }
    long pause = FIRST_PAUSE.toMillis() << Math.min(10, lost - 1);
    return Duration.ofMillis(Math.min(pause, LONGEST_PAUSE.toMillis()));
  }
}
