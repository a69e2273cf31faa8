package dev.geneva;

import java.util.concurrent.CompletableFuture;

/** A refresh that runs in the background. Thread-safe. */
public interface RefreshHandle {

  /** How far it is. */
  RefreshProgress progress();

  /**
   * Asks it to stop: at its next batch it ends with {@link RefreshCancelledException}, and the view
   * is as it was. If it has begun to commit, it ends well. Returns at once.
   */
  void cancel();

  /**
   * Completes with the report, or with the error that {@link UdtfView#refresh} would have thrown.
   * Cancelling the future doesn't cancel the refresh.
   */
  CompletableFuture<RefreshReport> toCompletableFuture();
}
