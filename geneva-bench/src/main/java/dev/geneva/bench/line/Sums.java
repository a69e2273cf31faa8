package dev.geneva.bench.line;

import dev.geneva.bench.PartitionsBench;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.CommitBuilder;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.Transaction;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;
import org.lance.operation.Overwrite;

/** Count and sum by key, as in {@link PartitionsBench.SumByKey}, without partitions. */
final class Sums {

  private static final int BATCH = 8192;

  private final long[] counts;
  private final double[] sums;

  private Sums(int keys) {
    counts = new long[keys];
    sums = new double[keys];
  }

  /** In one call that sees all rows. The keys are numbers below {@code keys}. */
  @Udtf(outputSchema = "schema")
  public record InOneCall(int keys) implements BatchUdtf {
    static Schema schema() {
      return PartitionsBench.SumByKey.schema();
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      Sums sums = new Sums(keys);
      try (ArrowReader rows = source.toBatches(BATCH)) {
        sums.add(rows);
      }
      try (VectorSchemaRoot result = sums.toArrow(source.allocator())) {
        out.collect(result);
      }
    }
  }

  /** By Lance alone: a scan, arrays, a write and a commit; what one would write for just this. */
  static double byHand(int keys, Path source, Path target, BufferAllocator allocator)
      throws Exception {
    long begin = System.nanoTime();
    Sums sums = new Sums(keys);
    try (Dataset dataset = Dataset.open().allocator(allocator).uri(source.toString()).build();
        LanceScanner scanner = dataset.newScan(new ScanOptions.Builder().batchSize(BATCH).build());
        ArrowReader rows = scanner.scanBatches()) {
      sums.add(rows);
    }
    try (VectorSchemaRoot result = sums.toArrow(allocator)) {
      List<FragmentMetadata> fragments =
          Fragment.write()
              .datasetUri(target.toString())
              .allocator(allocator)
              .data(result)
              .execute();
      try (Transaction transaction =
              new Transaction.Builder()
                  .readVersion(0)
                  .operation(
                      Overwrite.builder().fragments(fragments).schema(result.getSchema()).build())
                  .build();
          Dataset written = new CommitBuilder(target.toString(), allocator).execute(transaction)) {
        return (System.nanoTime() - begin) / 1e6;
      }
    }
  }

  private void add(ArrowReader rows) throws Exception {
    while (rows.loadNextBatch()) {
      VectorSchemaRoot batch = rows.getVectorSchemaRoot();
      IntVector keys = (IntVector) batch.getVector("k");
      Float8Vector numbers = (Float8Vector) batch.getVector("x");
      for (int row = 0; row < batch.getRowCount(); row++) {
        counts[keys.get(row)]++;
        sums[keys.get(row)] += numbers.get(row);
      }
    }
  }

  private VectorSchemaRoot toArrow(BufferAllocator allocator) {
    VectorSchemaRoot result = VectorSchemaRoot.create(InOneCall.schema(), allocator);
    IntVector keys = (IntVector) result.getVector("k");
    BigIntVector rows = (BigIntVector) result.getVector("n");
    Float8Vector numbers = (Float8Vector) result.getVector("x");
    result.getFieldVectors().forEach(vector -> vector.setInitialCapacity(counts.length));
    result.allocateNew();
    for (int key = 0; key < counts.length; key++) {
      keys.set(key, key);
      rows.set(key, counts[key]);
      numbers.set(key, sums[key]);
    }
    result.setRowCount(counts.length);
    return result;
  }
}
