package dev.geneva.examples.edges;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.UdtfSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two pictures that look alike.
 *
 * @param rowIdA the one whose row id comes first
 * @param rowIdB the other one
 * @param hammingDist the bits in which their hashes differ
 */
@ArrowRecord
public record Edge(String rowIdA, String rowIdB, int hammingDist) {

  /** Checks that a threshold is a number of bits. */
  static void requireThreshold(int threshold) {
    if (threshold < 0 || threshold > Long.SIZE) {
      throw new IllegalArgumentException("threshold must be 0 to 64, but is " + threshold);
    }
  }

  /**
   * Compares each row with each other one. A row without a hash is like none.
   *
   * @param threshold the most bits in which the two of an edge differ
   * @return the edges, by the first and then the second row id
   */
  static List<Edge> within(UdtfSource source, int threshold) {
    List<HashedRow> rows;
    try (Stream<HashedRow> read = source.records(HashedRow.class)) {
      // In the order of row ids, so that the first of two is always the smaller.
      rows =
          read.filter(row -> row.phash() != null)
              .sorted(Comparator.comparing(HashedRow::rowId))
              .toList();
    }
    long[] hashes =
        rows.stream().mapToLong(row -> ByteBuffer.wrap(row.phash()).getLong()).toArray();
    List<Edge> edges = new ArrayList<>();
    for (int a = 0; a < hashes.length; a++) {
      for (int b = a + 1; b < hashes.length; b++) {
        int distance = Long.bitCount(hashes[a] ^ hashes[b]);
        if (distance <= threshold) {
          edges.add(new Edge(rows.get(a).rowId(), rows.get(b).rowId(), distance));
        }
      }
    }
    return edges;
  }
}
