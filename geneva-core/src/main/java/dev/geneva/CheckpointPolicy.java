package dev.geneva;

/**
 * When the batches that a function yields are made durable, so that a refresh that was interrupted
 * goes on from them. Immutable.
 */
public final class CheckpointPolicy {

  private static final CheckpointPolicy GROUPED = new CheckpointPolicy("grouped");
  private static final CheckpointPolicy EVERY_BATCH = new CheckpointPolicy("every batch");
  private static final CheckpointPolicy OFF = new CheckpointPolicy("off");

  private final String name;

  private CheckpointPolicy(String name) {
    this.name = name;
  }

  /**
   * Batches that come close together are made durable together: after 200 ms, or 1 % of the time
   * that the partition has taken so far if that is longer, but at most 30 s; and as soon as they
   * are 64 MiB. Few rows of tasks that end within the refresh's first second wait for the others.
   * What waits is made durable before a failure is reported. So an error loses no batch, and a
   * killed process no more than that second and the last of such spans. The default.
   */
  public static CheckpointPolicy ofDefaults() {
    return GROUPED;
  }

  /**
   * Each batch is made durable before {@code collect} returns: for batches that took minutes to
   * compute. A file for each batch; small ones are merged before the view is swapped.
   */
  public static CheckpointPolicy everyBatch() {
    return EVERY_BATCH;
  }

  /**
   * Nothing is remembered of a refresh that was interrupted: the next one begins anew. For
   * functions that yield something else each time.
   */
  public static CheckpointPolicy off() {
    return OFF;
  }

  /** Whether it is {@link #everyBatch}. */
  public boolean isEveryBatch() {
    return this == EVERY_BATCH;
  }

  /** Whether it is {@link #off}. */
  public boolean isOff() {
    return this == OFF;
  }

  @Override
  public String toString() {
    return name;
  }
}
