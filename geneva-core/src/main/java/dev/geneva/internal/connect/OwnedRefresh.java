package dev.geneva.internal.connect;

import dev.geneva.RefreshCancelledException;
import dev.geneva.RefreshOptions;
import dev.geneva.RefreshReport;
import dev.geneva.RefreshTimeoutException;
import dev.geneva.SourceVersionGoneException;
import dev.geneva.internal.log.Ownership;
import dev.geneva.internal.log.RefreshLog;
import dev.geneva.internal.refresh.Refresh;
import dev.geneva.internal.run.Cancellation;
import java.time.Duration;
import java.util.Optional;

/** A refresh that has to become the owner of the view's log, and waits for others if asked to. */
final class OwnedRefresh {

  /** An owner that hasn't said so yet is about to, or only looks. */
  private static final Duration UNDECIDED = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofMillis(20);

  private final String view;
  private final RefreshLog log;
  private final RefreshOptions options;
  private final Cancellation cancellation;
  private final long begin = System.nanoTime();

  OwnedRefresh(String view, RefreshLog log, RefreshOptions options, Cancellation cancellation) {
    this.view = view;
    this.log = log;
    this.options = options;
    this.cancellation = cancellation;
  }

  /** What is done as the owner. */
  @FunctionalInterface
  interface Work {
    /**
     * Does it.
     *
     * @param timeout what is left of the time for all
     * @return empty if somebody else was faster to become the owner
     * @throws SourceVersionGoneException if the version that was read has been cleaned away
     */
    Optional<RefreshReport> asOwner(Ownership ownership, Optional<Duration> timeout);
  }

  /**
   * Refreshes; if the source's version is cleaned away meanwhile, once more from the latest.
   *
   * @param fixedVersion whether no other version will do
   */
  RefreshReport run(boolean fixedVersion, Work work) {
    try {
      return inTurn(work);
    } catch (SourceVersionGoneException e) {
      if (fixedVersion) {
        throw e;
      }
      return inTurn(work);
    }
  }

  private RefreshReport inTurn(Work work) {
    while (true) {
      Optional<Ownership> free = log.tryOwn();
      if (free.isPresent()) {
        try (Ownership ownership = free.get()) {
          Optional<RefreshReport> report =
              work.asOwner(ownership, options.timeout().map(this::left));
          if (report.isPresent()) {
            return report.get();
          }
        }
      }
      awaitTurn();
    }
  }

  private Duration waited() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private Duration left(Duration timeout) {
    Duration left = timeout.minus(waited());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Waits a moment, if there is patience left. */
  private void awaitTurn() {
    boolean undecided = waited().compareTo(UNDECIDED) < 0 && log.tail().openOwner().isEmpty();
    if (!undecided && waited().compareTo(options.waitAtMost()) >= 0) {
      throw Refresh.inProgress(view, log);
    }
    if (options.timeout().isPresent() && left(options.timeout().get()).isZero()) {
      throw new RefreshTimeoutException(
          "View '%s' was still being refreshed by somebody else after %s."
              .formatted(view, options.timeout().get()));
    }
    try {
      cancellation.pause(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefreshCancelledException("Interrupted while waiting for another owner.", e);
    }
  }
}
