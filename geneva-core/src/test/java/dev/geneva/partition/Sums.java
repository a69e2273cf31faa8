package dev.geneva.partition;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Counts a partition's rows without holding them. */
final class Sums {

  private Sums() {}

  /**
   * A partition's row count.
   *
   * @param k the partition's key
   * @param rows its rows
   */
  record Sum(long k, long rows) {}

  @Udtf(output = Sum.class, partitionBy = "k")
  record SumsByK() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      long k = 0;
      long count = 0;
      try (ArrowReader rows = source.toBatches(10_000)) {
        while (rows.loadNextBatch()) {
          BigIntVector keys = (BigIntVector) rows.getVectorSchemaRoot().getVector("k");
          k = keys.get(0);
          count += keys.getValueCount();
        }
      }
      if (count != source.countRows()) {
        throw new IllegalStateException(count + " rows instead of " + source.countRows());
      }
      out.collectRecords(List.of(new Sum(k, count)));
    }
  }
}
