package dev.geneva.internal.run;

import dev.geneva.internal.plan.Partition;
import dev.geneva.udtf.PartitionKey;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** The rows of one attempt. Used by the function's thread. */
final class TaskSource implements UdtfSource, AutoCloseable {

  private final PartitionRows rows;
  private final Partition partition;
  private final AttemptWatch.Attempt call;
  private final Workplace workplace;
  private final BufferAllocator streams;
  private final BufferAllocator allocator;
  private final List<TaskReader> readers = new ArrayList<>();
  private final List<TaskReader> recordReaders = new ArrayList<>();
  private final List<VectorSchemaRoot> roots = new ArrayList<>();
  private long bulkRows;

  /**
   * Reads for one attempt.
   *
   * @param streams for batches that pass through, not limited
   * @param allocator the function's own
   */
  TaskSource(
      PartitionRows rows,
      Partition partition,
      AttemptWatch.Attempt call,
      Workplace workplace,
      BufferAllocator streams,
      BufferAllocator allocator) {
    this.rows = rows;
    this.partition = partition;
    this.call = call;
    this.workplace = workplace;
    this.streams = streams;
    this.allocator = allocator;
  }

  @Override
  public Schema schema() {
    return rows.schema();
  }

  @Override
  public ArrowReader toBatches(int batchSize) {
    return opened(readers, rows.batches(batchSize, streams));
  }

  @Override
  public VectorSchemaRoot toArrow() {
    call.check();
    VectorSchemaRoot root = rows.all(streams, allocator);
    roots.add(root);
    bulkRows += root.getRowCount();
    workplace.counters().read(root.getRowCount());
    return root;
  }

  @Override
  public <R extends Record> Stream<R> records(Class<R> type) {
    return rows.records(type, streams, reader -> opened(recordReaders, reader));
  }

  @Override
  public long countRows() {
    return rows.count();
  }

  @Override
  public Optional<PartitionKey> partition() {
    return partition.key();
  }

  @Override
  public BufferAllocator allocator() {
    return allocator;
  }

  private TaskReader opened(List<TaskReader> among, ArrowReader reader) {
    TaskReader opened = new TaskReader(reader, call, workplace, streams);
    among.add(opened);
    return opened;
  }

  /** Rows handed out. */
  long rowsRead() {
    return bulkRows
        + Stream.concat(readers.stream(), recordReaders.stream())
            .mapToLong(TaskReader::rowsRead)
            .sum();
  }

  /**
   * Finds out whether the function closed what it opened. To be called after it returned, before
   * {@link #close}. Streams of records needn't be closed.
   *
   * @throws IllegalStateException if not
   */
  void requireClosed() {
    long open = readers.stream().filter(reader -> !reader.isClosed()).count();
    if (open > 0) {
      throw new IllegalStateException(
          "It left "
              + open
              + " of the readers open that toBatches(…) returned; use try-with-resources.");
    }
    long before = allocator.getAllocatedMemory();
    roots.forEach(VectorSchemaRoot::close);
    long after = allocator.getAllocatedMemory();
    if (before > after) {
      throw new IllegalStateException(
          "It left "
              + (before - after)
              + " bytes open that toArrow() returned; use try-with-resources.");
    }
    if (after > 0) {
      throw new IllegalStateException(
          "It left " + after + " bytes allocated in its allocator; close what it allocates.");
    }
  }

  /** Closes whatever the function left open. */
  @Override
  public void close() {
    roots.forEach(VectorSchemaRoot::close);
    for (TaskReader reader : readers) {
      closeQuietly(reader);
    }
    for (TaskReader reader : recordReaders) {
      closeQuietly(reader);
    }
  }

  private static void closeQuietly(TaskReader reader) {
    try {
      reader.close();
    } catch (IOException | RuntimeException e) {
      // The attempt has its result; what it read can't change that.
      org.slf4j.LoggerFactory.getLogger(TaskSource.class).debug("Closing a reader failed", e);
    }
  }
}
