package dev.geneva.internal.run;

import dev.geneva.internal.query.QueryScan;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * All rows of the query, as one partition.
 *
 * @param scan the query, restricted to the function's columns
 */
record WholeQuery(QueryScan scan) implements PartitionRows {

  @Override
  public Schema schema() {
    return scan.schema();
  }

  @Override
  public long count() {
    return scan.countRows();
  }

  @Override
  public ArrowReader batches(int batchSize, BufferAllocator allocator) {
    return scan.batches(batchSize, allocator);
  }

  @Override
  public VectorSchemaRoot all(BufferAllocator streams, BufferAllocator allocator) {
    return scan.all(streams, allocator);
  }

  /** Reads only the record's columns. */
  @Override
  public <R extends Record> Stream<R> records(
      Class<R> type, BufferAllocator allocator, UnaryOperator<ArrowReader> wrap) {
    return scan.records(type, allocator, wrap);
  }
}
