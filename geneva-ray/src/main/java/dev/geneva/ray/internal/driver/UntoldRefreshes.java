package dev.geneva.ray.internal.driver;

import dev.geneva.RefreshHandle;
import dev.geneva.RefreshReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes, each until its end is told: whoever ends this process waits for that, which comes a
 * little after the refresh itself. Thread-safe.
 */
final class UntoldRefreshes {

  private final Map<Long, Untold> refreshes = new ConcurrentHashMap<>();

  private record Untold(RefreshHandle handle, CountDownLatch told) {}

  /**
   * Adds a refresh.
   *
   * @param tell is given its report or its error, on the thread that ends it
   */
  void add(
      long id,
      RefreshHandle handle,
      BiConsumer<@Nullable RefreshReport, @Nullable Throwable> tell) {
    CountDownLatch told = new CountDownLatch(1);
    refreshes.put(id, new Untold(handle, told));
    var ignored =
        handle
            .toCompletableFuture()
            .whenComplete(
                (report, error) -> {
                  try {
                    tell.accept(report, error);
                  } finally {
                    refreshes.remove(id);
                    told.countDown();
                  }
                });
  }

  /** Cancels one, if it is there. */
  void cancel(long id) {
    Untold refresh = refreshes.get(id);
    if (refresh != null) {
      refresh.handle().cancel();
    }
  }

  /** Cancels all. */
  void cancelAll() {
    refreshes.values().forEach(refresh -> refresh.handle().cancel());
  }

  /** Waits until all that are there are told. */
  void awaitAll() throws InterruptedException {
    for (Untold refresh : List.copyOf(refreshes.values())) {
      refresh.told().await();
    }
  }

  /** Waits for the same, but not longer than so many nanoseconds. */
  void awaitAll(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    for (Untold refresh : List.copyOf(refreshes.values())) {
      if (!refresh.told().await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return;
      }
    }
  }
}
