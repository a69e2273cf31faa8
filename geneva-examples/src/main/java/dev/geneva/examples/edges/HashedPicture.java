package dev.geneva.examples.edges;

import dev.geneva.examples.flags.Picture;
import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.FixedSize;
import dev.geneva.udtf.Unsigned;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A row of the table that the examples of this package run over.
 *
 * @param rowId what it shows and how, such as {@code fr 4x3, half size}
 * @param phash 64 bits, similar for pictures that look alike
 * @param partitionId the pivot to which its hash is nearest
 */
@ArrowRecord
record HashedPicture(String rowId, @FixedSize(8) @Unsigned byte[] phash, int partitionId) {

  /** The hash as a number. */
  long hash() {
    return ByteBuffer.wrap(phash).getLong();
  }

  /**
   * Partitions pictures so that those that look alike tend to be together.
   *
   * @param partitions the most partitions
   */
  static List<HashedPicture> of(List<Picture> pictures, int partitions) {
    long[] hashes =
        pictures.stream().mapToLong(each -> ByteBuffer.wrap(each.phash()).getLong()).toArray();
    int[] nearest = nearestPivots(hashes, partitions);
    return IntStream.range(0, hashes.length)
        .mapToObj(
            i -> {
              Picture picture = pictures.get(i);
              String rowId = picture.name() + ", " + picture.variant();
              return new HashedPicture(rowId, picture.phash(), nearest[i]);
            })
        .toList();
  }

  /**
   * The pivots are hashes that are far from each other: each next one is the farthest from those
   * before. Source: T. Gonzalez, <em>Clustering to Minimize the Maximum Intercluster Distance</em>,
   * Theoretical Computer Science 38 (1985).
   */
  private static int[] nearestPivots(long[] hashes, int most) {
    int[] nearest = new int[hashes.length];
    int[] distances = new int[hashes.length];
    Arrays.fill(distances, Integer.MAX_VALUE);
    int pivot = hashes.length - 1;
    for (int number = 0; number < most && pivot >= 0; number++) {
      int farthest = -1;
      for (int i = 0; i < hashes.length; i++) {
        int distance = Long.bitCount(hashes[i] ^ hashes[pivot]);
        if (distance < distances[i]) {
          distances[i] = distance;
          nearest[i] = number;
        }
        if (distances[i] > 0 && (farthest < 0 || distances[i] > distances[farthest])) {
          farthest = i;
        }
      }
      pivot = farthest;
    }
    return nearest;
  }
}
