package dev.geneva.examples.edges;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;

/**
 * Finds pairs of near-duplicates as {@link EdgeDetection} does, but within the partitions of the
 * IVF index on the hashes: there is no partition column to maintain, and pictures that look alike
 * tend to be in one partition.
 *
 * <pre>
 * mvn -q -B -ntp -Pdemo -pl geneva-examples -am package -Dexample=IndexPartitionedEdgeDetection
 * </pre>
 *
 * @param threshold the most bits in which the hashes of the two differ, 0 to 64
 */
// tag::class[]
@Udtf(
    output = Edge.class,
    inputColumns = {"row_id", "phash"},
    partitionByIndexedColumn = "phash")
public record IndexPartitionedEdgeDetection(int threshold) implements BatchUdtf {

  /** Checks the threshold. */
  public IndexPartitionedEdgeDetection {
    Edge.requireThreshold(threshold);
  }

  @Override
  public void process(UdtfSource source, BatchCollector out) {
    out.collectRecords(Edge.within(source, threshold));
  }
}
// end::class[]
