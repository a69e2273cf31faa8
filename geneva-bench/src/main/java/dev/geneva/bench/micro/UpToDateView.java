package dev.geneva.bench.micro;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshPlan;
import dev.geneva.RefreshReport;
import dev.geneva.UdtfView;
import dev.geneva.bench.PartitionsBench;
import dev.geneva.bench.Scratch;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What is done when there is little or nothing to do, over a view of 1,000 partitions. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class UpToDateView {

  private static final int PARTITIONS = 1_000;

  private final Scratch scratch;
  private final Connection connection;
  private final UdtfView current;
  private final UdtfView empty;

  /** Makes one view that is up to date, and one that never was. */
  public UpToDateView() {
    scratch = Scratch.unchecked();
    connection = Geneva.connect(scratch.path().toString());
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot rows = PartitionsBench.rows(100_000, PARTITIONS, allocator)) {
      connection.createTable("source", rows);
    }
    current = view("current");
    empty = view("empty");
  }

  private UdtfView view(String name) {
    return connection.createUdtfView(
        name, connection.openTable("source").search(), new PartitionsBench.SumByKey());
  }

  /** Refreshes the first. */
  @Setup
  public void refresh() {
    current.refresh();
  }

  /** Deletes both. */
  @TearDown
  public void close() throws IOException {
    connection.close();
    scratch.close();
  }

  /** A refresh that has nothing to do. */
  @Benchmark
  public RefreshReport unchangedRefresh() {
    return current.refresh();
  }

  /** The plan of a refresh that has nothing to do. */
  @Benchmark
  public RefreshPlan planOfNothing() {
    return current.plan();
  }

  /** The plan of a refresh that has everything to do. */
  @Benchmark
  public RefreshPlan planOfEverything() {
    return empty.plan();
  }
}
