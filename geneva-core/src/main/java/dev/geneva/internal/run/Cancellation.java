package dev.geneva.internal.run;

import dev.geneva.RefreshCancelledException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether a refresh shall stop. Lance ignores interrupts, so work asks between batches.
 * Thread-safe.
 */
public final class Cancellation {

  private final CountDownLatch requested = new CountDownLatch(1);

  /** Asks for the stop. */
  public void request() {
    requested.countDown();
  }

  /** Whether it was asked for. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /**
   * Stops here if it was asked for.
   *
   * @throws RefreshCancelledException if so
   */
  public void check() {
    if (isRequested()) {
      throw new RefreshCancelledException("The refresh was cancelled; the view is as it was.");
    }
  }

  /**
   * Waits, unless and until the stop is asked for.
   *
   * @throws RefreshCancelledException if it is
   */
  public void pause(Duration duration) throws InterruptedException {
    if (requested.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
      check();
    }
  }
}
