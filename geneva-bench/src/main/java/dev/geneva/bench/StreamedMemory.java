package dev.geneva.bench;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.internal.json.Json;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The most memory of a process that refreshes a view by streaming. Arguments: the database's
 * folder, which is kept, and rows; with {@code create} as a third one it only makes the source. So
 * that one run doesn't show in the next, each is a process of its own.
 */
public final class StreamedMemory {

  /** The most that Arrow has had of all allocators together, in bytes. */
  private static final AtomicLong ARROW = new AtomicLong();

  private StreamedMemory() {}

  /**
   * What one run took.
   *
   * @param rows that were written
   * @param seconds of the refresh
   * @param idleMiB resident before it
   * @param peakMiB the most that was resident
   * @param heapMiB the most that the heap held, garbage included
   * @param arrowMiB the most that Arrow had allocated
   */
  public record Usage(
      long rows, double seconds, double idleMiB, double peakMiB, double heapMiB, double arrowMiB) {}

  /** The narrow transform, which looks at Arrow's memory once it is done. */
  @Udtf(outputSchema = "schema")
  public record Watched() implements BatchUdtf {
    static Schema schema() {
      return Workload.NARROW.output();
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      new StreamedTransform.Narrow().process(source, out);
      BufferAllocator root = source.allocator();
      for (BufferAllocator up = root; up != null; up = up.getParentAllocator()) {
        root = up;
      }
      ARROW.set(root.getPeakMemoryAllocation());
    }
  }

  /** Prints one line of JSON: a {@link Usage}. */
  public static void main(String[] arguments) throws Exception {
    long rows = Long.parseLong(arguments[1]);
    String name = "source" + rows;
    try (Connection connection =
        Geneva.builder(Path.of(arguments[0]).toString()).syncToDisk(false).connect()) {
      if (arguments.length > 2) {
        try (BufferAllocator allocator = new RootAllocator()) {
          connection.createTable(name, Workload.NARROW.rows(rows, allocator));
        }
        System.out.println("created");
        return;
      }
      Table source = connection.openTable(name);
      source.countRows();
      double idle = status("VmRSS");
      long begin = System.nanoTime();
      RefreshReport report =
          connection.createUdtfView("view", source.search(), new Watched()).refresh();
      double seconds = (System.nanoTime() - begin) / 1e9;
      connection.dropUdtfView("view");
      long heap =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getType() == MemoryType.HEAP)
              .mapToLong(pool -> pool.getPeakUsage().getUsed())
              .sum();
      System.out.println(
          Json.write(
              new Usage(
                  report.rowsWritten(),
                  seconds,
                  idle,
                  status("VmHWM"),
                  heap / MIB,
                  ARROW.get() / MIB)));
    }
  }

  private static final double MIB = 1 << 20;

  /** A figure of this process in MiB, as Linux has it. */
  private static double status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .mapToDouble(bytes -> bytes / MIB)
        .findFirst()
        .orElse(0);
  }
}
