package dev.geneva.internal.plan;

import java.util.List;

/**
 * What a worker executes in one go.
 *
 * @param ordinal its number, from 0
 * @param partitions in the order of keys; at least one
 * @param streamed whether its rows are too many for memory; then it has one partition only
 */
public record Task(int ordinal, List<Partition> partitions, boolean streamed) {
  /** Copies the list. */
  public Task {
    partitions = List.copyOf(partitions);
  }

  /** The rows of all its partitions. */
  public long rows() {
    return partitions.stream().mapToLong(Partition::rows).sum();
  }
}
