package dev.geneva.bench.micro;

import dev.geneva.bench.HandWritten;
import dev.geneva.bench.Scalars;
import dev.geneva.bench.Scalars_ArrowConverter;
import dev.geneva.udtf.ArrowRecordConverter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.openjdk.jmh.infra.Blackhole;

/** 4,096 records of ten scalar columns, to vectors and back, beside code written by hand. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Converters {

  private static final int ROWS = 4_096;

  private final ArrowRecordConverter<Scalars> converter = new Scalars_ArrowConverter();
  private final List<Scalars> records = IntStream.range(0, ROWS).mapToObj(Scalars::of).toList();
  private final BufferAllocator allocator = new RootAllocator();
  private final VectorSchemaRoot written = VectorSchemaRoot.create(converter.schema(), allocator);
  private final VectorSchemaRoot full = VectorSchemaRoot.create(converter.schema(), allocator);

  /** Has vectors to read. */
  public Converters() {
    converter.write(records, full);
  }

  /** Gives the memory back. */
  @TearDown
  public void close() {
    written.close();
    full.close();
    allocator.close();
  }

  /** To vectors, by what is generated. */
  @Benchmark
  public void write() {
    converter.write(records, written);
  }

  /** To vectors, by hand. */
  @Benchmark
  public void writeByHand() {
    HandWritten.write(records, written);
  }

  /** To records, by what is generated. */
  @Benchmark
  public void read(Blackhole sink) {
    ArrowRecordConverter.RowReader<Scalars> reader = converter.reader(full);
    for (int row = 0; row < ROWS; row++) {
      sink.consume(reader.read(row));
    }
  }

  /** To records, by hand. */
  @Benchmark
  public void readByHand(Blackhole sink) {
    HandWritten.read(full, sink::consume);
  }
}
