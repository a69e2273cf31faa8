package dev.geneva.internal.plan;

import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.udtf.PartitionKey;
import java.util.Optional;

/**
 * The rows of one call.
 *
 * @param ordinal its place in the order of keys, from 0, which is its place in the view
 * @param key empty if the source isn't partitioned
 * @param rows how many there are
 * @param durable what an interrupted refresh left of the output: the first batches
 */
public record Partition(
    int ordinal, Optional<PartitionKey> key, long rows, DurableBatches durable) {

  /** A partition of whose output there is nothing yet. */
  public Partition(int ordinal, Optional<PartitionKey> key, long rows) {
    this(ordinal, key, rows, DurableBatches.NONE);
  }

  /** The same partition, of whose output there is something already. */
  public Partition with(DurableBatches found) {
    return new Partition(ordinal, key, rows, found);
  }

  /** For messages: begins with a space, or is empty. */
  public String label() {
    return key.map(k -> " on partition " + k).orElse("");
  }
}
