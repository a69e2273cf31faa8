package dev.geneva;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * One refresh of a view's history.
 *
 * @param refreshId its id
 * @param outcome how it ended, or that it runs
 * @param reason why it ran
 * @param owner who ran it: process, host and user
 * @param engine where its tasks ran
 * @param startedAt by the owner's clock
 * @param endedAt empty while it runs, and if its owner died
 * @param sourceVersion the version of the source that it read
 * @param viewVersion the version of the view that it made; empty if it made none
 * @param rowsRead rows handed to the function
 * @param rowsWritten rows of the output
 * @param batchesWritten batches of the output
 * @param durations how long each stage took
 * @param cause what made it fail
 */
public record RefreshRecord(
    UUID refreshId,
    Outcome outcome,
    String reason,
    String owner,
    String engine,
    Instant startedAt,
    Optional<Instant> endedAt,
    long sourceVersion,
    OptionalLong viewVersion,
    long rowsRead,
    long rowsWritten,
    long batchesWritten,
    Map<Stage, Duration> durations,
    Optional<String> cause) {

  /** Copies the map. */
  public RefreshRecord {
    durations = Map.copyOf(durations);
  }

  /** How a refresh ended. */
  public enum Outcome {
    /** Its owner is at work. */
    RUNNING,
    /** It committed. */
    REFRESHED,
    /** It failed; the view stayed as it was. */
    FAILED,
    /** It was cancelled; the view stayed as it was. */
    CANCELLED,
    /** Its owner died; the view stayed as it was, unless a later version names this refresh. */
    ABANDONED
  }
}
