package dev.geneva.bench.micro;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshReport;
import dev.geneva.UdtfView;
import dev.geneva.bench.Scratch;
import dev.geneva.bench.StreamedTransform;
import dev.geneva.bench.Workload;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a refresh costs whatever its rows; files aren't forced to disk. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SmallRefresh {

  private static final String VIEW = "view";

  private final Scratch scratch;
  private final Connection connection;
  private UdtfView view;

  /** Makes a source of ten rows, and a view of it. */
  public SmallRefresh() {
    scratch = Scratch.unchecked();
    connection = Geneva.builder(scratch.path().toString()).syncToDisk(false).connect();
    try (BufferAllocator allocator = new RootAllocator()) {
      connection.createTable("source", Workload.NARROW.rows(10, allocator));
    }
    view = create();
  }

  private UdtfView create() {
    return connection.createUdtfView(
        VIEW, connection.openTable("source").search(), StreamedTransform.of(Workload.NARROW));
  }

  /** Puts a view that never was refreshed in the place of the one that was. */
  @TearDown(Level.Invocation)
  public void renew() {
    connection.dropUdtfView(VIEW);
    view = create();
  }

  /** Deletes all. */
  @TearDown
  public void close() throws IOException {
    connection.close();
    scratch.close();
  }

  /** A refresh that computes ten rows. */
  @Benchmark
  public RefreshReport refresh() {
    return view.refresh();
  }
}
