package dev.geneva.bench;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * The most resident memory of a process that refreshes a view by streaming. Arguments: the
 * database's folder, which is kept, and rows; with {@code create} as a third one it only makes the
 * source. So that one run doesn't show in the next, each is a process of its own.
 */
public final class StreamedMemory {

  private StreamedMemory() {}

  /** Prints one line. */
  public static void main(String[] arguments) throws Exception {
    long rows = Long.parseLong(arguments[1]);
    String name = "source" + rows;
    try (Connection connection =
        Geneva.builder(Path.of(arguments[0]).toString()).syncToDisk(false).connect()) {
      if (arguments.length > 2) {
        try (BufferAllocator allocator = new RootAllocator()) {
          connection.createTable(name, Workload.NARROW.rows(rows, allocator));
        }
        return;
      }
      Table source = connection.openTable(name);
      source.countRows();
      long idle = status("VmRSS");
      long begin = System.nanoTime();
      RefreshReport report =
          connection
              .createUdtfView("view", source.search(), new StreamedTransform.Narrow())
              .refresh();
      double seconds = (System.nanoTime() - begin) / 1e9;
      connection.dropUdtfView("view");
      System.out.printf(
          "%,d rows in %.1f s: resident %d MiB idle, %d MiB at the most; heap now %d MiB%n",
          report.rowsWritten(),
          seconds,
          idle >> 10,
          status("VmHWM") >> 10,
          (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }
  }

  /** A figure of this process in KiB, as Linux has it. */
  private static long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(0);
  }
}
