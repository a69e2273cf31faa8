package dev.geneva.bench;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshPlan;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.ErrorAction;
import dev.geneva.udtf.OnError;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What a refresh takes that has one partition to run of many: it failed and was skipped, and fails
 * each time anew. Arguments: runs (15), rows (200,000), floats of a vector (128), partitions
 * (10,000).
 */
public final class RetryBench {

  private static final Field KEY = Field.nullable("k", new ArrowType.Int(32, true));

  private RetryBench() {}

  /** Yields a partition's key; of partition 0 nothing, as it fails once it has read its rows. */
  @Udtf(outputSchema = "schema", partitionBy = "k", onError = @OnError(then = ErrorAction.SKIP))
  public record FailsOnce() implements BatchUdtf {
    static Schema schema() {
      return new Schema(List.of(KEY));
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      try (VectorSchemaRoot rows = source.toArrow();
          VectorSchemaRoot result = VectorSchemaRoot.create(schema(), source.allocator())) {
        int key = ((IntVector) rows.getVector("k")).get(0);
        if (key == 0) {
          throw new IllegalStateException("on purpose");
        }
        ((IntVector) result.getVector("k")).setSafe(0, key);
        result.setRowCount(1);
        out.collect(result);
      }
    }
  }

  /** Prints one line. */
  public static void main(String[] arguments) throws Exception {
    int runs = argument(arguments, 0, 15);
    int rows = argument(arguments, 1, 200_000);
    int floats = argument(arguments, 2, 128);
    int partitions = argument(arguments, 3, 10_000);
    try (Scratch scratch = new Scratch();
        BufferAllocator allocator = new RootAllocator();
        Connection connection =
            Geneva.builder(scratch.path().toString()).syncToDisk(false).connect()) {
      Table source;
      try (VectorSchemaRoot root = rows(rows, floats, partitions, allocator)) {
        source = connection.createTable("source", root);
      }
      UdtfView view = connection.createUdtfView("view", source.search(), new FailsOnce());
      view.refresh();
      List<Double> millis = new ArrayList<>();
      for (int run = -2; run < runs; run++) {
        long begin = System.nanoTime();
        RefreshReport report = view.refresh();
        if (report.partitionsSkipped().size() != 1 || report.partitionsReused() != partitions - 1) {
          throw new IllegalStateException(report.toString());
        }
        if (run >= 0) {
          millis.add((System.nanoTime() - begin) / 1e6);
        }
      }
      System.out.printf(
          "1 of %,d partitions of %,d rows with %d floats: %s ms (%s)%n",
          partitions,
          rows,
          floats,
          Spread.of(millis),
          view.plan().reason(RefreshPlan.Figure.SCANS));
    }
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static VectorSchemaRoot rows(
      int rows, int floats, int partitions, BufferAllocator allocator) {
    Field vectors =
        new Field(
            "v",
            FieldType.nullable(new ArrowType.FixedSizeList(floats)),
            List.of(
                Field.nullable(
                    "item", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE))));
    VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(KEY, vectors)), allocator);
    IntVector keys = (IntVector) root.getVector("k");
    FixedSizeListVector lists = (FixedSizeListVector) root.getVector("v");
    Float4Vector values = (Float4Vector) lists.getDataVector();
    keys.allocateNew(rows);
    lists.setInitialCapacity(rows);
    lists.allocateNew();
    values.allocateNew(rows * floats);
    Random random = new Random(1);
    for (int row = 0; row < rows; row++) {
      keys.set(row, (int) (row * 7919L % partitions)); // a prime, so that keys are interleaved
      lists.setNotNull(row);
    }
    for (int i = 0; i < rows * floats; i++) {
      values.set(i, random.nextFloat());
    }
    root.setRowCount(rows);
    return root;
  }
}
