package dev.geneva.internal.run;

import dev.geneva.internal.arrow.RecordBatches;
import dev.geneva.internal.arrow.RecordStream;
import dev.geneva.internal.arrow.Schemas;
import dev.geneva.internal.descriptor.Generated;
import dev.geneva.udtf.ArrowRecordConverter;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** The rows of one partition, to be read any number of times. */
interface PartitionRows {

  /** The columns. */
  Schema schema();

  /** The number of rows. */
  long count();

  /**
   * Streams the rows.
   *
   * @return a reader that the caller closes, on the thread that reads
   */
  ArrowReader batches(int batchSize, BufferAllocator allocator);

  /**
   * Reads all rows at once.
   *
   * @param streams for what passes through
   * @param allocator owns the result
   * @return a root that the caller closes
   */
  VectorSchemaRoot all(BufferAllocator streams, BufferAllocator allocator);

  /**
   * Streams the rows as records.
   *
   * @param wrap put around the reader that the stream is made from
   */
  default <R extends Record> Stream<R> records(
      Class<R> type, BufferAllocator allocator, UnaryOperator<ArrowReader> wrap) {
    ArrowRecordConverter<R> converter = Generated.converter(type);
    Schemas.checkReadable("The source as " + type.getSimpleName(), converter.schema(), schema());
    return RecordStream.of(wrap.apply(batches(RecordBatches.ROWS, allocator)), converter);
  }
}
