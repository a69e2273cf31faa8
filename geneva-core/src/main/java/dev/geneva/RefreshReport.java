package dev.geneva;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a refresh did.
 *
 * @param status whether anything had to be done
 * @param reason why, for people
 * @param mode how the source was split
 * @param sourceVersion the version of the source that the view is now made from
 * @param viewVersion the version of the view that holds the result
 * @param rowsRead rows handed to the function; one that reads twice counts twice
 * @param rowsWritten rows of the output, those included that an interrupted refresh had left, but
 *     not those that were taken from the view as it was
 * @param batchesWritten batches that the function yielded, empty ones too; counted as rows are
 * @param partitionsTotal partitions of the source
 * @param partitionsRun partitions for which the function was called
 * @param partitionsReused partitions whose output was taken from the view as it was
 * @param partitionsResumed partitions whose output an interrupted refresh had left
 * @param partitionsSkipped partitions left out by the error policy
 * @param rowsUncovered rows that the index didn't cover
 * @param indicesLost names of the indices that the view had: swapping a view drops them, so whoever
 *     built them builds them anew
 * @param durations how long each stage took
 */
public record RefreshReport(
    Status status,
    String reason,
    ExecutionMode mode,
    long sourceVersion,
    long viewVersion,
    long rowsRead,
    long rowsWritten,
    long batchesWritten,
    int partitionsTotal,
    int partitionsRun,
    int partitionsReused,
    int partitionsResumed,
    List<SkippedPartition> partitionsSkipped,
    long rowsUncovered,
    List<String> indicesLost,
    Map<Stage, Duration> durations) {

  /** Copies the collections. */
  public RefreshReport {
    partitionsSkipped = List.copyOf(partitionsSkipped);
    indicesLost = List.copyOf(indicesLost);
    durations = Map.copyOf(durations);
  }

  /** Whether anything had to be done. */
  public enum Status {
    /** The view was current; nothing ran and nothing was written. */
    UP_TO_DATE,
    /** The view was computed anew. */
    REFRESHED
  }
}
