package dev.geneva.ray.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.RefreshCancelledException;
import dev.geneva.RefreshHandle;
import dev.geneva.RefreshProgress;
import dev.geneva.RefreshReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UntoldRefreshesTest {

  private final UntoldRefreshes refreshes = new UntoldRefreshes();
  private final List<String> seen = new ArrayList<>();

  /** A refresh that fails once it is cancelled, by the thread that does so. */
  private static final class Handle implements RefreshHandle {
    private final CompletableFuture<RefreshReport> end = new CompletableFuture<>();

    @Override
    public RefreshProgress progress() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void cancel() {
      end.completeExceptionally(new RefreshCancelledException("cancelled"));
    }

    @Override
    public CompletableFuture<RefreshReport> toCompletableFuture() {
      return end.copy();
    }
  }

  @Test
  void whoWaitsWaitsUntilTheEndIsTold() throws Exception {
    refreshes.add(
        1,
        new Handle(),
        (report, error) -> {
          // The refresh has ended, and its end isn't told: a wait can't but be interrupted.
          Thread.currentThread().interrupt();
          try {
            refreshes.awaitAll();
            seen.add("didn't wait");
          } catch (InterruptedException e) {
            seen.add("waited");
          }
        });
    refreshes.cancel(1);
    assertThat(Thread.interrupted()).isFalse();
    refreshes.awaitAll();
    assertThat(seen).containsExactly("waited");
  }

  @Test
  void oneThatHasEndedAlreadyIsTold() throws Exception {
    Handle handle = new Handle();
    handle.cancel();
    refreshes.add(1, handle, (report, error) -> seen.add("told"));
    refreshes.awaitAll();
    assertThat(seen).containsExactly("told");
  }

  @Test
  void oneThatCannotBeToldHoldsUpNobody() throws Exception {
    refreshes.add(
        1,
        new Handle(),
        (report, error) -> {
          throw new IllegalStateException("nobody listens");
        });
    refreshes.cancelAll();
    refreshes.awaitAll();
  }

  @Test
  void theWaitForOneThatDoesNotEndIsBounded() throws Exception {
    refreshes.add(1, new Handle(), (report, error) -> seen.add("told"));
    refreshes.awaitAll(0);
    assertThat(seen).isEmpty();
  }
}
