package dev.geneva;

import dev.geneva.udtf.PartitionKey;
import java.util.Optional;

/**
 * The function failed on a partition, and its error policy had no other way left. The view is as it
 * was; the cause is what the function threw.
 */
public class PartitionFailedException extends GenevaException {
  private static final long serialVersionUID = 1L;

  // A key holds any value that a column may have, so it isn't serialised; the message names it.
  private final transient Optional<PartitionKey> partition;
  private final int attempts;

  /**
   * An error of one partition.
   *
   * @param partition the partition; empty if the source isn't partitioned
   * @param attempts how often it was called
   */
  public PartitionFailedException(
      String message, Optional<PartitionKey> partition, int attempts, Throwable cause) {
    super(message, cause);
    this.partition = partition;
    this.attempts = attempts;
  }

  /** The partition; empty if the source isn't partitioned. */
  @SuppressWarnings("NullAway") // null only after deserialisation
  public Optional<PartitionKey> partition() {
    return partition == null ? Optional.empty() : partition;
  }

  /** How often the partition was called. */
  public int attempts() {
    return attempts;
  }
}
