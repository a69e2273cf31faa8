package dev.geneva.internal.plan;

import dev.geneva.udtf.PartitionKey;
import java.util.Optional;

/**
 * The rows of one call.
 *
 * @param ordinal its place in the order of keys, from 0, which is its place in the view
 * @param key empty if the source isn't partitioned
 * @param rows how many there are
 */
public record Partition(int ordinal, Optional<PartitionKey> key, long rows) {

  /** For messages: begins with a space, or is empty. */
  public String label() {
    return key.map(k -> " on partition " + k).orElse("");
  }
}
