package dev.geneva.bench;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshReport;
import dev.geneva.Stage;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A refresh by the partitions of a vector index, each call of which reads its vectors and yields
 * each one's length; against one read of the table in the same run: batch by batch, where nobody
 * looks at a row, and into one root. Arguments: runs (9), rows (100,000), partitions (64).
 */
public final class IndexPartitionsBench {

  private static final Field ID =
      new Field("id", FieldType.nullable(new ArrowType.Int(64, true)), null);
  private static final Field LENGTH =
      new Field(
          "length",
          FieldType.nullable(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)),
          null);

  private IndexPartitionsBench() {}

  /** The length of each vector. */
  @Udtf(outputSchema = "schema", partitionByIndexedColumn = "vec")
  public record Lengths() implements BatchUdtf {
    static Schema schema() {
      return new Schema(List.of(ID, LENGTH));
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      try (ArrowReader rows = source.toBatches(Workload.BATCH);
          VectorSchemaRoot result = VectorSchemaRoot.create(schema(), source.allocator())) {
        while (rows.loadNextBatch()) {
          measure(rows.getVectorSchemaRoot(), result);
          out.collect(result);
        }
      }
    }

    private static void measure(VectorSchemaRoot batch, VectorSchemaRoot result) {
      int rows = batch.getRowCount();
      BigIntVector ids = (BigIntVector) batch.getVector("id");
      FixedSizeListVector vectors = (FixedSizeListVector) batch.getVector("vec");
      int width = vectors.getListSize();
      float[] values = new float[rows * width];
      vectors
          .getDataVector()
          .getDataBuffer()
          .nioBuffer(0, rows * width * Float.BYTES)
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer()
          .get(values);
      BigIntVector id = (BigIntVector) result.getVector("id");
      Float4Vector length = (Float4Vector) result.getVector("length");
      id.allocateNew(rows);
      length.allocateNew(rows);
      for (int row = 0; row < rows; row++) {
        float sum = 0;
        for (int i = row * width; i < (row + 1) * width; i++) {
          sum += values[i] * values[i];
        }
        id.set(row, ids.get(row));
        length.set(row, (float) Math.sqrt(sum));
      }
      result.setRowCount(rows);
    }
  }

  /** Prints the refresh, what it is measured against, and its stages. */
  public static void main(String[] arguments) throws Exception {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
    int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
    int partitions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 64;
    try (Scratch scratch = new Scratch();
        BufferAllocator allocator = new RootAllocator();
        Connection connection =
            Geneva.builder(scratch.path().toString()).syncToDisk(false).connect()) {
      Table source = connection.createTable("source", Workload.VECTORS.rows(rows, allocator));
      source.createIvfFlatIndex("vec", partitions);
      List<Double> reads = new ArrayList<>();
      List<Double> bulkReads = new ArrayList<>();
      List<Double> refreshes = new ArrayList<>();
      Map<Stage, List<Double>> stages = new EnumMap<>(Stage.class);
      for (int run = -3; run < runs; run++) {
        UdtfView view = connection.createUdtfView("view", source.search(), new Lengths());
        long begin = System.nanoTime();
        long read = read(source);
        double reading = (System.nanoTime() - begin) / 1e6;
        begin = System.nanoTime();
        source.search().toArrow().close();
        double bulkReading = (System.nanoTime() - begin) / 1e6;
        begin = System.nanoTime();
        RefreshReport report = view.refresh();
        double refreshing = (System.nanoTime() - begin) / 1e6;
        if (read != rows || report.rowsWritten() != rows) {
          throw new IllegalStateException(read + " rows read, " + report);
        }
        if (run >= 0) {
          reads.add(reading);
          bulkReads.add(bulkReading);
          refreshes.add(refreshing);
          report
              .durations()
              .forEach(
                  (stage, time) ->
                      stages
                          .computeIfAbsent(stage, key -> new ArrayList<>())
                          .add(time.toNanos() / 1e6));
        }
        connection.dropUdtfView("view");
      }
      Spread limit = Spread.of(reads);
      Spread ours = Spread.of(refreshes);
      Spread bulk = Spread.of(bulkReads);
      System.out.printf("%,d rows in %d index partitions: refresh %s ms%n", rows, partitions, ours);
      against("read in batches", limit, ours);
      against("read into memory", bulk, ours);
      stages.forEach(
          (stage, times) -> System.out.printf("  %-16s %s ms%n", stage, Spread.of(times)));
    }
  }

  private static void against(String what, Spread limit, Spread ours) {
    System.out.printf(
        "  %-16s %s ms: %.1f x (min) %.1f x (median)%n",
        what, limit, ours.min() / limit.min(), ours.median() / limit.median());
  }

  private static long read(Table source) throws IOException {
    long rows = 0;
    try (ArrowReader reader = source.search().toBatches(Workload.BATCH)) {
      while (reader.loadNextBatch()) {
        rows += reader.getVectorSchemaRoot().getRowCount();
      }
    }
    return rows;
  }
}
