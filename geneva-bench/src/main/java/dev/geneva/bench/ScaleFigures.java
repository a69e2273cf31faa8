package dev.geneva.bench;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * What grows with rows and partitions: the time of each stage, the heap, the log and the manifest.
 * Arguments: pairs of rows and partitions (1,000,000 100,000 10,000,000 1,000,000). One run each
 * after a small one, as sizes are asked for, not speed.
 */
public final class ScaleFigures {

  private static final int PORTION = 1_000_000;

  private ScaleFigures() {}

  /** Prints a paragraph for each pair. */
  public static void main(String[] arguments) throws Exception {
    List<Integer> sizes =
        arguments.length > 0
            ? Stream.of(arguments).map(Integer::parseInt).toList()
            : List.of(1_000_000, 100_000, 10_000_000, 1_000_000);
    measure(100_000, 10_000);
    for (int i = 0; i + 1 < sizes.size(); i += 2) {
      System.out.println(measure(sizes.get(i), sizes.get(i + 1)));
    }
  }

  private static String measure(int rows, int partitions) throws Exception {
    try (Scratch scratch = new Scratch();
        RootAllocator allocator = new RootAllocator();
        Connection connection =
            Geneva.builder(scratch.path().toString()).syncToDisk(false).connect()) {
      Table source;
      try (VectorSchemaRoot first =
          PartitionsBench.rows(Math.min(PORTION, rows), partitions, allocator)) {
        source = connection.createTable("source", first);
        for (int written = PORTION; written < rows; written += PORTION) {
          try (VectorSchemaRoot more =
              PartitionsBench.rows(Math.min(PORTION, rows - written), partitions, allocator)) {
            source.add(more);
          }
        }
      }
      UdtfView view =
          connection.createUdtfView("view", source.search(), new PartitionsBench.SumByKey());
      System.gc();
      heap().forEach(MemoryPoolMXBean::resetPeakUsage);
      RefreshReport report = view.refresh();
      long peak = heap().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
      Path database = scratch.path();
      String stages =
          report.durations().entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(stage -> stage.getKey() + " " + stage.getValue().toMillis() + " ms")
              .collect(Collectors.joining(", "));
      return String.format(
          "%,d rows, %,d partitions run: %s; heap at most %,d MB; log %,d B in %d files;"
              + " manifest %,d B; %d data files",
          rows,
          report.partitionsRun(),
          stages,
          peak >> 20,
          bytes(database.resolve("_geneva")),
          files(database.resolve("_geneva")),
          bytes(database.resolve("view.lance/_versions")),
          files(database.resolve("view.lance/data")));
    }
  }

  private static Stream<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries.filter(Files::isRegularFile).count();
    }
  }
}
