package dev.geneva.internal.connect;

import dev.geneva.RefreshCancelledException;
import dev.geneva.internal.run.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A refresh that works in this process. When the JVM is told to end, the refresh is cancelled, and
 * gets a moment to make durable what it has.
 */
final class RunningRefresh implements AutoCloseable {

  private static final int SECONDS_TO_END = 10;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final @Nullable Thread hook;

  private RunningRefresh(String view, Cancellation cancellation) {
    Thread stop = new Thread(() -> stop(view, cancellation), "geneva-" + view + "-shutdown");
    boolean registered = false;
    try {
      Runtime.getRuntime().addShutdownHook(stop);
      registered = true;
    } catch (IllegalStateException e) {
      cancel(view, cancellation); // the JVM is ending already
    }
    hook = registered ? stop : null;
  }

  /** A refresh begins. */
  static RunningRefresh begin(String view, Cancellation cancellation) {
    return new RunningRefresh(view, cancellation);
  }

  private static void cancel(String view, Cancellation cancellation) {
    cancellation.request(
        () ->
            new RefreshCancelledException(
                "The refresh of view '"
                    + view
                    + "' was stopped, as the JVM ends; the view is as it was. The next refresh"
                    + " goes on from what was finished."));
  }

  private void stop(String view, Cancellation cancellation) {
    cancel(view, cancellation);
    try {
      ended.await(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM is ending, and the hook is at work.
      }
    }
  }
}
