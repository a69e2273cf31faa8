package dev.geneva.internal.partition;

import dev.geneva.udtf.PartitionKey;
import java.util.List;

/**
 * The partitions of a query's rows, and whose rows are whose. Immutable.
 *
 * @param keys the partitions, in order; a row's number is its partition's place in this list
 * @param rows how many rows each has
 * @param ordinals the partition of each row, in the query's order; a row that is left out has the
 *     number after the last
 * @param uncovered rows that the index didn't cover; 0 for a column
 */
public record Assignment(
    List<PartitionKey> keys, List<Long> rows, RowOrdinals ordinals, long uncovered) {
  /** Copies the lists. */
  public Assignment {
    keys = List.copyOf(keys);
    rows = List.copyOf(rows);
  }
}
