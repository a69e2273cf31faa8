package dev.geneva.bench;

import dev.geneva.CheckpointPolicy;
import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshCancelledException;
import dev.geneva.RefreshHandle;
import dev.geneva.RefreshOptions;
import dev.geneva.RefreshReport;
import dev.geneva.Stage;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.udtf.BatchUdtf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * What checkpoints cost: a streamed refresh with them and without, and how long it takes to take up
 * a refresh of which all partitions are done. The two are measured in pairs, one after the other,
 * in turn the one and the other first; runs are long enough that one file more isn't the
 * difference. Arguments: runs (15), rows of the narrow table (6,000,000), rows of the wide one
 * (1,000,000), partitions (10,000).
 */
public final class CheckpointBench {

  private CheckpointBench() {}

  /** Prints a line for each workload, with and without forcing files to disk. */
  public static void main(String[] arguments) throws Exception {
    int runs = argument(arguments, 0, 15);
    int narrow = argument(arguments, 1, 6_000_000);
    int wide = argument(arguments, 2, 1_000_000);
    for (boolean sync : new boolean[] {true, false}) {
      stream(Workload.NARROW, new StreamedTransform.Narrow(), narrow, runs, sync);
      stream(Workload.WIDE, new StreamedTransform.Wide(), wide, runs, sync);
    }
    resume(argument(arguments, 3, 10_000), runs);
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static void stream(Workload workload, BatchUdtf udtf, long rows, int runs, boolean sync)
      throws Exception {
    try (Scratch scratch = new Scratch();
        BufferAllocator allocator = new RootAllocator();
        Connection connection =
            Geneva.builder(scratch.path().toString()).syncToDisk(sync).connect()) {
      Table source = connection.createTable("source", workload.rows(rows, allocator));
      List<Double> on = new ArrayList<>();
      List<Double> off = new ArrayList<>();
      for (int run = -2; run < runs; run++) {
        for (boolean withThem : new boolean[] {run % 2 == 0, run % 2 != 0}) {
          CheckpointPolicy policy =
              withThem ? CheckpointPolicy.ofDefaults() : CheckpointPolicy.off();
          UdtfView view = connection.createUdtfView("view", source.search(), udtf);
          double millis = millis(view, RefreshOptions.builder().checkpoints(policy).build(), rows);
          if (run >= 0) {
            (withThem ? on : off).add(millis);
          }
          connection.dropUdtfView("view");
        }
      }
      List<Double> costs = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        costs.add(100 * (on.get(run) / off.get(run) - 1));
      }
      Spread with = Spread.of(on);
      Spread without = Spread.of(off);
      System.out.printf(
          "%-6s sync=%-5s %,9d rows  checkpoints %s ms  without %s ms  cost %.1f %% (min) %.1f %% (median) %.1f %% (median of pairs)%n",
          workload,
          sync,
          rows,
          with,
          without,
          100 * (with.min() / without.min() - 1),
          100 * (with.median() / without.median() - 1),
          Spread.of(costs).median());
    }
  }

  private static double millis(UdtfView view, RefreshOptions options, long rows) {
    long begin = System.nanoTime();
    RefreshReport report = view.refresh(options);
    double millis = (System.nanoTime() - begin) / 1e6;
    if (report.rowsWritten() != rows) {
      throw new IllegalStateException(report.toString());
    }
    return millis;
  }

  /** Each refresh is cancelled as its commit begins; then all that is left to do is the commit. */
  private static void resume(int partitions, int runs) throws Exception {
    try (Scratch scratch = new Scratch();
        BufferAllocator allocator = new RootAllocator();
        Connection connection = Geneva.connect(scratch.path().toString())) {
      Table source;
      try (VectorSchemaRoot root = PartitionsBench.rows(10 * partitions, partitions, allocator)) {
        source = connection.createTable("source", root);
      }
      List<Double> millis = new ArrayList<>();
      for (int run = -2; run < runs; run++) {
        UdtfView view =
            connection.createUdtfView("view", source.search(), new PartitionsBench.SumByKey());
        cancelAtCommit(view);
        long begin = System.nanoTime();
        RefreshReport report = view.refresh();
        double took = (System.nanoTime() - begin) / 1e6;
        if (report.partitionsResumed() != partitions || report.partitionsRun() != 0) {
          throw new IllegalStateException(report.toString());
        }
        if (run >= 0) {
          millis.add(took);
        }
        connection.dropUdtfView("view");
      }
      System.out.printf(
          "resuming %,d partitions that are all done: %s ms%n", partitions, Spread.of(millis));
    }
  }

  private static void cancelAtCommit(UdtfView view) {
    CompletableFuture<RefreshHandle> handle = new CompletableFuture<>();
    RefreshOptions options =
        RefreshOptions.builder()
            .listener(
                progress -> {
                  if (progress.stage() == Stage.COMMIT) {
                    handle.join().cancel();
                  }
                })
            .build();
    handle.complete(view.refreshAsync(options));
    try {
      handle.join().toCompletableFuture().join();
      throw new IllegalStateException("It wasn't cancelled.");
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof RefreshCancelledException)) {
        throw e;
      }
    }
  }
}
