package dev.geneva.examples.flags;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.FixedSize;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import dev.geneva.udtf.Unsigned;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds near-duplicates among all pictures: those whose perceptual hashes differ in at most {@code
 * threshold} bits are neighbours, and whatever neighbours connect is a cluster.
 *
 * @param threshold the most bits in which the hashes of neighbours differ, 0 to 64
 */
@Udtf(
    output = PHashDedupe.Assignment.class,
    inputColumns = {"row_id", "phash"},
    numCpus = 4,
    memory = "8 GiB")
public record PHashDedupe(int threshold) implements BatchUdtf {

  /**
   * One picture's place. There is one for each row of the source, in the source's order.
   *
   * @param rowId the picture
   * @param clusterId the smallest row id of its cluster
   * @param isDuplicate whether the cluster has a picture with a smaller row id
   */
  public record Assignment(long rowId, long clusterId, boolean isDuplicate) {}

  /** What is read of a picture. */
  @ArrowRecord
  record HashedPicture(long rowId, @FixedSize(8) @Unsigned byte[] phash) {}

  /** Checks the threshold. */
  public PHashDedupe {
    if (threshold < 0 || threshold > Long.SIZE) {
      throw new IllegalArgumentException("threshold must be 0 to 64, but is " + threshold);
    }
  }

  @Override
  public void process(UdtfSource source, BatchCollector out) {
    int rows = Math.toIntExact(source.countRows());
    long[] rowIds = new long[rows];
    long[] hashes = new long[rows];
    try (Stream<HashedPicture> pictures = source.records(HashedPicture.class)) {
      int row = 0;
      for (Iterator<HashedPicture> each = pictures.iterator(); each.hasNext(); row++) {
        HashedPicture picture = each.next();
        rowIds[row] = picture.rowId();
        hashes[row] = PerceptualHash.fromBytes(picture.phash());
      }
    }
    int[] components = HammingComponents.of(hashes, threshold);
    long[] smallest = new long[rows];
    Arrays.fill(smallest, Long.MAX_VALUE);
    for (int row = 0; row < rows; row++) {
      smallest[components[row]] = Math.min(smallest[components[row]], rowIds[row]);
    }
    // Lazily, so that there is never an object for each row.
    Iterable<Assignment> assignments =
        () ->
            IntStream.range(0, rows)
                .mapToObj(row -> assignment(rowIds[row], smallest[components[row]]))
                .iterator();
    out.collectRecords(assignments);
  }

  private static Assignment assignment(long rowId, long clusterId) {
    return new Assignment(rowId, clusterId, rowId != clusterId);
  }
}
