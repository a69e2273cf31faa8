package dev.geneva.internal.partition;

import dev.geneva.internal.digest.Digest;
import dev.geneva.udtf.PartitionKey;
import java.util.HexFormat;
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

  /**
   * A digest of the keys and the numbers of rows: two assignments of the same rows have the same.
   */
  public String digest() {
    Digest digest = new Digest();
    for (int i = 0; i < keys.size(); i++) {
      digest.add(text(keys.get(i))).add(Long.toString(rows.get(i)));
    }
    return digest.hex();
  }

  private static String text(PartitionKey key) {
    return key instanceof PartitionKey.Value value && value.value() instanceof byte[] bytes
        ? value.column() + " = " + HexFormat.of().formatHex(bytes)
        : key.toString();
  }
}
