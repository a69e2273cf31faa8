package dev.geneva.bench;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What a partition costs when it is small: 100,000 rows of a key and a number, summed up by key.
 * Arguments: runs (7), rows (100,000), then any numbers of partitions (100 1,000 10,000 100,000).
 */
public final class PartitionsBench {

  private static final Field KEY = field("k", new ArrowType.Int(32, true));
  private static final Field NUMBER =
      field("x", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));

  private PartitionsBench() {}

  /** One row for each key: how many rows it has, and their sum. */
  @Udtf(outputSchema = "schema", partitionBy = "k")
  public record SumByKey() implements BatchUdtf {
    /** Key, rows, sum. */
    public static Schema schema() {
      return new Schema(List.of(KEY, field("n", new ArrowType.Int(64, true)), NUMBER));
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      long count = 0;
      double sum = 0;
      int key = 0;
      try (ArrowReader rows = source.toBatches(Workload.BATCH)) {
        while (rows.loadNextBatch()) {
          VectorSchemaRoot batch = rows.getVectorSchemaRoot();
          Float8Vector numbers = (Float8Vector) batch.getVector("x");
          key = ((IntVector) batch.getVector("k")).get(0);
          for (int row = 0; row < batch.getRowCount(); row++) {
            sum += numbers.get(row);
          }
          count += batch.getRowCount();
        }
      }
      try (VectorSchemaRoot result = VectorSchemaRoot.create(schema(), source.allocator())) {
        ((IntVector) result.getVector("k")).setSafe(0, key);
        ((BigIntVector) result.getVector("n")).setSafe(0, count);
        ((Float8Vector) result.getVector("x")).setSafe(0, sum);
        result.setRowCount(1);
        out.collect(result);
      }
    }
  }

  /** Prints a line for each number of partitions. */
  public static void main(String[] arguments) throws Exception {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
    int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
    List<Integer> partitions =
        arguments.length > 2
            ? Stream.of(arguments).skip(2).map(Integer::parseInt).toList()
            : List.of(100, 1_000, 10_000, 100_000);
    for (int count : partitions) {
      measure(runs, rows, count);
    }
  }

  private static void measure(int runs, int rows, int partitions) throws Exception {
    try (Scratch scratch = new Scratch();
        BufferAllocator allocator = new RootAllocator();
        Connection connection =
            Geneva.builder(scratch.path().toString()).syncToDisk(false).connect()) {
      Table source;
      try (VectorSchemaRoot root = rows(rows, partitions, allocator)) {
        source = connection.createTable("source", root);
      }
      List<Double> micros = new ArrayList<>();
      List<Double> read = new ArrayList<>();
      long files = 0;
      for (int run = -3; run < runs; run++) {
        UdtfView view = connection.createUdtfView("view", source.search(), new SumByKey());
        long begin = System.nanoTime();
        RefreshReport report = view.refresh();
        double each = (System.nanoTime() - begin) / 1e3 / partitions;
        if (report.partitionsRun() != partitions || view.countRows() != partitions) {
          throw new IllegalStateException(report.toString());
        }
        begin = System.nanoTime();
        view.search().toArrow().close();
        if (run >= 0) {
          micros.add(each);
          read.add((System.nanoTime() - begin) / 1e6);
        }
        try (Stream<Path> data = Files.list(scratch.path().resolve("view.lance/data"))) {
          files = data.count();
        }
        connection.dropUdtfView("view");
      }
      System.out.printf(
          "%,7d partitions of %,d rows: %s us each; %d files, read in %s ms%n",
          partitions, rows, Spread.of(micros), files, Spread.of(read));
    }
  }

  /** A key and a number, the keys interleaved. */
  public static VectorSchemaRoot rows(int rows, int partitions, BufferAllocator allocator) {
    VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(KEY, NUMBER)), allocator);
    IntVector keys = (IntVector) root.getVector("k");
    Float8Vector numbers = (Float8Vector) root.getVector("x");
    keys.allocateNew(rows);
    numbers.allocateNew(rows);
    for (int row = 0; row < rows; row++) {
      keys.set(row, (int) (row * 7919L % partitions)); // a prime, so that keys are interleaved
      numbers.set(row, row);
    }
    root.setRowCount(rows);
    return root;
  }

  private static Field field(String name, ArrowType type) {
    return new Field(name, FieldType.nullable(type), null);
  }
}
