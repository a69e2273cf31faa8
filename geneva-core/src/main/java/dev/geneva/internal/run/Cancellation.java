package dev.geneva.internal.run;

import dev.geneva.GenevaException;
import dev.geneva.RefreshCancelledException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a refresh shall stop, and why. Lance ignores interrupts, so work asks between batches.
 * Thread-safe.
 */
public final class Cancellation {

  private final CountDownLatch requested = new CountDownLatch(1);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Supplier<? extends GenevaException>> reason =
      new AtomicReference<>();

  /** Asks for the stop, as a user does. */
  public void request() {
    request(
        () ->
            new RefreshCancelledException(
                "The refresh was cancelled; the view is as it was. The next refresh goes on from"
                    + " what was finished."));
  }

  /**
   * Asks for the stop. Of several requests the first counts.
   *
   * @param error what whoever works for the refresh throws then
   */
  public void request(Supplier<? extends GenevaException> error) {
    if (reason.compareAndSet(null, error)) {
      requested.countDown();
      listeners.forEach(Runnable::run);
    }
  }

  /** Sets what is run once the stop is asked for, on the thread of whoever does. */
  void onRequest(Runnable listener) {
    listeners.add(listener);
    if (isRequested()) {
      listener.run();
    }
  }

  /** Whether it was asked for. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /**
   * Stops here if it was asked for.
   *
   * @throws RefreshCancelledException if somebody asked for it, or time is up
   * @throws dev.geneva.RefreshInProgressException if another owner has taken over
   */
  public void check() {
    if (isRequested()) {
      Supplier<? extends GenevaException> error = reason.get();
      if (error != null) {
        throw error.get();
      }
    }
  }

  /**
   * Waits, unless and until the stop is asked for. Fails as {@link #check} does.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void pause(Duration duration) throws InterruptedException {
    if (requested.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
      check();
    }
  }
}
