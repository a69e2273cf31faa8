package dev.geneva.bench.micro;

import dev.geneva.bench.Workload;
import dev.geneva.internal.arrow.BatchCopy;
import dev.geneva.internal.arrow.BatchHash;
import dev.geneva.internal.arrow.Schemas;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What is done with each batch that a function yields: 8,192 rows, narrow or with vectors. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Batches {

  private final BufferAllocator allocator = new RootAllocator();
  private final VectorSchemaRoot narrow = batch(Workload.NARROW);
  private final VectorSchemaRoot wide = batch(Workload.WIDE);

  private VectorSchemaRoot batch(Workload workload) {
    VectorSchemaRoot root = VectorSchemaRoot.create(workload.source(), allocator);
    workload.fill(root, 0, Workload.BATCH, new Random(1));
    return root;
  }

  /** Gives the memory back. */
  @TearDown
  public void close() {
    narrow.close();
    wide.close();
    allocator.close();
  }

  /** Whether it has the columns that were declared, and no null where there mustn't be one. */
  @Benchmark
  public void validateNarrow() {
    Schemas.check("Batch", Workload.NARROW.source(), narrow);
  }

  /** The hash by which a resumed refresh knows a batch again. */
  @Benchmark
  public int hashNarrow() {
    return BatchHash.of(narrow);
  }

  /** The same of 4 MiB of vectors. */
  @Benchmark
  public int hashWide() {
    return BatchHash.of(wide);
  }

  /** The copy that lets a function use its batch again. */
  @Benchmark
  public void copyNarrow() {
    BatchCopy.copy(narrow, allocator).close();
  }

  /** The same of 4 MiB of vectors. */
  @Benchmark
  public void copyWide() {
    BatchCopy.copy(wide, allocator).close();
  }
}
