package dev.geneva.bench;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * A refresh that has nothing to do, with the handle open, after so many versions of the source
 * (each a fragment more). Argument: the most versions (1,000).
 */
public final class UnchangedRefreshBench {

  private static final int REFRESHES = 2_000;

  private UnchangedRefreshBench() {}

  /** Prints a line for each number of versions. */
  public static void main(String[] arguments) throws Exception {
    int most = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
    try (Scratch scratch = new Scratch();
        BufferAllocator allocator = new RootAllocator();
        Connection connection = Geneva.connect(scratch.path().toString());
        VectorSchemaRoot row = VectorSchemaRoot.create(Workload.NARROW.source(), allocator)) {
      Workload.NARROW.fill(row, 0, 1, new java.util.Random(1));
      Table source = connection.createTable("source", row);
      UdtfView view =
          connection.createUdtfView("view", source.search(), new StreamedTransform.Narrow());
      for (int versions = 1; versions <= most; versions *= 10) {
        while (source.version() < versions) {
          source.add(row);
        }
        long begin = System.nanoTime();
        RefreshReport first = view.refresh();
        double changed = (System.nanoTime() - begin) / 1e6;
        List<Double> micros = new ArrayList<>();
        for (int i = 0; i < REFRESHES; i++) {
          long start = System.nanoTime();
          RefreshReport report = view.refresh();
          micros.add((System.nanoTime() - start) / 1e3);
          if (report.status() != RefreshReport.Status.UP_TO_DATE) {
            throw new IllegalStateException(report.toString());
          }
        }
        System.out.printf(
            "%,6d versions: the refresh that ran %.1f ms (%s); unchanged %s us%n",
            versions, changed, first.status(), Spread.of(micros));
      }
    }
  }
}
