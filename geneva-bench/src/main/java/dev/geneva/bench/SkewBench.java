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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Whether all cores stay busy while partitions differ much: sizes follow Zipf's law, and a call
 * takes as long as it has rows. Compared with what can't be beaten, of the same run: the longest
 * call, or all calls' time divided by the workers. Arguments: runs (7), rows (100,000), partitions
 * (1,000), rounds of computing per row (20,000).
 */
public final class SkewBench {

  private static final Field KEY =
      new Field("k", FieldType.nullable(new ArrowType.Int(32, true)), null);

  /** Nanoseconds of all calls, and of the longest. */
  private static final LongAdder TOTAL = new LongAdder();

  private static final LongAccumulator LONGEST = new LongAccumulator(Math::max, 0);

  private SkewBench() {}

  /** Computes for a while for each row, and yields one. */
  @Udtf(outputSchema = "schema", partitionBy = "k")
  public record Busy(int rounds) implements BatchUdtf {
    static Schema schema() {
      return new Schema(List.of(KEY));
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      long begin = System.nanoTime();
      int hash = 1;
      try (ArrowReader rows = source.toBatches(Workload.BATCH)) {
        while (rows.loadNextBatch()) {
          for (int round = rounds * rows.getVectorSchemaRoot().getRowCount(); round > 0; round--) {
            hash = hash * 31 + round;
          }
        }
      }
      try (VectorSchemaRoot result = VectorSchemaRoot.create(schema(), source.allocator())) {
        ((IntVector) result.getVector("k")).setSafe(0, hash);
        result.setRowCount(1);
        out.collect(result);
      }
      long took = System.nanoTime() - begin;
      TOTAL.add(took);
      LONGEST.accumulate(took);
    }
  }

  /** Prints one line. */
  public static void main(String[] arguments) throws Exception {
    int runs = argument(arguments, 0, 7);
    int rows = argument(arguments, 1, 100_000);
    int partitions = argument(arguments, 2, 1_000);
    int rounds = argument(arguments, 3, 20_000);
    int workers = Runtime.getRuntime().availableProcessors();
    try (Scratch scratch = new Scratch();
        BufferAllocator allocator = new RootAllocator();
        Connection connection =
            Geneva.builder(scratch.path().toString()).syncToDisk(false).connect()) {
      Table source;
      try (VectorSchemaRoot root = rows(rows, partitions, allocator)) {
        source = connection.createTable("source", root);
      }
      List<Double> bounds = new ArrayList<>();
      List<Double> refreshes = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int run = -2; run < runs; run++) {
        UdtfView view = connection.createUdtfView("view", source.search(), new Busy(rounds));
        TOTAL.reset();
        LONGEST.reset();
        long begin = System.nanoTime();
        RefreshReport report = view.refresh();
        double refresh = (System.nanoTime() - begin) / 1e6;
        double bound = Math.max(LONGEST.get(), TOTAL.sum() / workers) / 1e6;
        if (report.partitionsRun() != partitions) {
          throw new IllegalStateException(report.toString());
        }
        if (run >= 0) {
          bounds.add(bound);
          refreshes.add(refresh);
          ratios.add(refresh / bound);
        }
        connection.dropUdtfView("view");
      }
      System.out.printf(
          "%,d partitions by Zipf's law of %,d rows on %d workers: bound %s ms, refresh %s ms: %s x%n",
          partitions, rows, workers, Spread.of(bounds), Spread.of(refreshes), Spread.of(ratios));
    }
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  /** The n-th of the shuffled keys has a share of 1/n. */
  private static VectorSchemaRoot rows(int rows, int partitions, BufferAllocator allocator) {
    Random random = new Random(1);
    List<Integer> keys = new ArrayList<>();
    for (int key = 0; key < partitions; key++) {
      keys.add(key);
    }
    Collections.shuffle(keys, random);
    double[] cumulated = new double[partitions];
    double sum = 0;
    for (int rank = 0; rank < partitions; rank++) {
      sum += 1.0 / (rank + 1);
      cumulated[rank] = sum;
    }
    VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(KEY)), allocator);
    IntVector column = (IntVector) root.getVector("k");
    column.allocateNew(rows);
    for (int row = 0; row < rows; row++) {
      // The first rows see to it that each key is there.
      int rank = row < partitions ? row : Arrays.binarySearch(cumulated, random.nextDouble() * sum);
      column.set(row, keys.get(rank < 0 ? Math.min(-rank - 1, partitions - 1) : rank));
    }
    root.setRowCount(rows);
    return root;
  }
}
