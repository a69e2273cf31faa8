package dev.geneva.bench;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.udtf.BatchUdtf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * A streamed transform: a refresh against the bare loop. Arguments: runs (9), rows of the narrow
 * table (1,000,000), rows of the wide one (200,000).
 */
public final class StreamedTransformBench {

  private StreamedTransformBench() {}

  /** Prints a line for each workload, with and without forcing files to disk. */
  public static void main(String[] arguments) throws Exception {
    int runs = argument(arguments, 0, 9);
    for (boolean sync : new boolean[] {false, true}) {
      measure(
          Workload.NARROW,
          new StreamedTransform.Narrow(),
          argument(arguments, 1, 1_000_000),
          runs,
          sync);
      measure(
          Workload.WIDE, new StreamedTransform.Wide(), argument(arguments, 2, 200_000), runs, sync);
    }
  }

  static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static void measure(Workload workload, BatchUdtf udtf, long rows, int runs, boolean sync)
      throws Exception {
    try (Scratch scratch = new Scratch();
        BufferAllocator allocator = new RootAllocator();
        Connection connection =
            Geneva.builder(scratch.path().toString()).syncToDisk(sync).connect()) {
      Table source = connection.createTable("source", workload.rows(rows, allocator));
      Path sourcePath = scratch.path().resolve("source.lance");
      List<Double> bare = new ArrayList<>();
      List<Double> refresh = new ArrayList<>();
      for (int run = -2; run < runs; run++) { // two of each to warm up
        Path target = scratch.path().resolve("bare.lance");
        UdtfView view = connection.createUdtfView("view", source.search(), udtf);
        double first = run % 2 == 0 ? bare(workload, sourcePath, target, sync, allocator, rows) : 0;
        double second = refresh(view, rows);
        double third = run % 2 == 0 ? 0 : bare(workload, sourcePath, target, sync, allocator, rows);
        if (run >= 0) {
          bare.add(first + third);
          refresh.add(second);
        }
        connection.dropUdtfView("view");
        Scratch.delete(target);
      }
      Spread limit = Spread.of(bare);
      Spread ours = Spread.of(refresh);
      System.out.printf(
          "%-6s sync=%-5s %,9d rows  bare loop %s ms  refresh %s ms  speed %.2f (min) %.2f (median)%n",
          workload,
          sync,
          rows,
          limit,
          ours,
          limit.min() / ours.min(),
          limit.median() / ours.median());
    }
  }

  private static double bare(
      Workload workload,
      Path source,
      Path target,
      boolean sync,
      BufferAllocator allocator,
      long rows)
      throws Exception {
    long begin = System.nanoTime();
    long written = BareLoop.run(workload, source, target, sync, allocator);
    return checked(begin, rows, written);
  }

  private static double refresh(UdtfView view, long rows) {
    long begin = System.nanoTime();
    RefreshReport report = view.refresh();
    return checked(begin, rows, report.rowsWritten());
  }

  private static double checked(long begin, long expected, long written) {
    double millis = (System.nanoTime() - begin) / 1e6;
    if (written != expected) {
      throw new IllegalStateException(written + " rows instead of " + expected);
    }
    return millis;
  }
}
