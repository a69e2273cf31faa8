package dev.geneva.udtf;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The rows of one partition, or of the whole source if there are no partitions: a pinned version of
 * the source, seen through the view's query and restricted to the function's input columns.
 *
 * <p>Each terminal call reads from the start. Not thread-safe: readers are used and closed by the
 * thread that called {@link BatchUdtf#process}.
 */
public interface UdtfSource {

  /** The columns, in the order in which they are read. */
  Schema schema();

  /**
   * Streams the rows. The reader's root is refilled by each {@link ArrowReader#loadNextBatch}.
   *
   * @param batchSize the most rows a batch holds, at least 1; a batch may hold fewer
   * @return a reader that the caller closes, on this thread
   */
  ArrowReader toBatches(int batchSize);

  /**
   * Reads all rows at once into memory of {@link #allocator()}.
   *
   * @return a root that the caller closes
   * @throws IllegalStateException before anything is allocated, if a column would pass the 2 GiB
   *     that an Arrow vector holds; the message says which, and what to do
   * @throws org.apache.arrow.memory.OutOfMemoryException if the rows pass the function's {@link
   *     Udtf#memory}
   */
  VectorSchemaRoot toArrow();

  /**
   * Streams the rows as records.
   *
   * @param type a record annotated with {@link ArrowRecord}, or the {@link Udtf#output} of a
   *     function; its columns are looked up by name
   * @return a lazy, sequential stream; it releases what it holds when it is exhausted or closed, or
   *     when {@link BatchUdtf#process} returns
   */
  <R extends Record> Stream<R> records(Class<R> type);

  /** The number of rows. */
  long countRows();

  /** The partition that these rows form; empty if there are no partitions. */
  Optional<PartitionKey> partition();

  /**
   * Where the function's own vectors belong: limited by {@link Udtf#memory}, and closed after
   * {@link BatchUdtf#process} returned. What is still allocated then fails the partition.
   */
  BufferAllocator allocator();
}
