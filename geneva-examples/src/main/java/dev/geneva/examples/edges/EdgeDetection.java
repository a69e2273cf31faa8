package dev.geneva.examples.edges;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;

/**
 * Finds pairs of near-duplicates among the pictures of a partition. Partitions are independent of
 * each other, so they run in parallel, and comparing each picture with each other one costs the
 * square of a partition instead of the square of the table; pairs that partitions separate aren't
 * found.
 *
 * <pre>mvn -q -B -ntp -Pdemo -pl geneva-examples -am package -Dexample=EdgeDetection</pre>
 *
 * @param threshold the most bits in which the hashes of the two differ, 0 to 64
 */
// tag::class[]
@Udtf(
    output = Edge.class,
    inputColumns = {"row_id", "phash"},
    partitionBy = "partition_id")
public record EdgeDetection(int threshold) implements BatchUdtf {

  /** Checks the threshold. */
  public EdgeDetection {
    Edge.requireThreshold(threshold);
  }

  @Override
  public void process(UdtfSource source, BatchCollector out) {
    out.collectRecords(Edge.within(source, threshold));
  }
}
// end::class[]
