package dev.geneva.internal.run;

import dev.geneva.internal.arrow.BatchAppender;
import dev.geneva.internal.arrow.BatchCopy;
import dev.geneva.internal.lance.StagedFile;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The output rows of small partitions until they are written: first those of finished partitions,
 * then those of the present one. Not thread-safe.
 */
final class GatheredRows implements AutoCloseable {

  private final Schema schema;
  private final BufferAllocator allocator;
  private final VectorSchemaRoot rows;
  private boolean allocated;
  private int finished;

  /**
   * No rows.
   *
   * @param allocator of the rows; remains the caller's
   */
  GatheredRows(Schema schema, BufferAllocator allocator) {
    this.schema = schema;
    this.allocator = allocator;
    this.rows = VectorSchemaRoot.create(schema, allocator);
  }

  /** The columns. */
  Schema schema() {
    return schema;
  }

  /** Adds rows of the present partition, which are copied. */
  void append(VectorSchemaRoot batch) {
    if (!allocated) {
      rows.allocateNew(); // the appender reads the first offset of vectors that have none yet
      allocated = true;
    }
    BatchAppender.append(rows, batch);
  }

  /** Adds rows of the present partition, which are copied. */
  void append(ArrowRecordBatch batch) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      new VectorLoader(root).load(batch);
      append(root);
    }
  }

  /** The present partition is finished, and another one comes. */
  void finish() {
    finished = rows.getRowCount();
  }

  /** The rows of finished partitions. */
  int finished() {
    return finished;
  }

  /** Whether there are rows of the present partition. */
  boolean hasUnfinished() {
    return rows.getRowCount() > finished;
  }

  /** The rows of the present partition go. */
  void dropUnfinished() {
    rows.setRowCount(finished);
  }

  /** The rows of the present partition, of which there are some; the caller owns them. */
  ArrowRecordBatch takeUnfinished() {
    ArrowRecordBatch taken = copyUnfinished();
    dropUnfinished();
    return taken;
  }

  private ArrowRecordBatch copyUnfinished() {
    try (VectorSchemaRoot last = rows.slice(finished, rows.getRowCount() - finished)) {
      return BatchCopy.copy(last, allocator);
    }
  }

  /** The rows of finished partitions, which the caller owns; those of the present one stay. */
  ArrowRecordBatch takeFinished() {
    ArrowRecordBatch taken;
    if (!hasUnfinished()) {
      taken = BatchCopy.share(rows);
      clear(); // the batch holds the buffers now
      return taken;
    }
    try (ArrowRecordBatch kept = copyUnfinished();
        VectorSchemaRoot first = rows.slice(0, finished)) {
      taken = BatchCopy.copy(first, allocator);
      clear();
      append(kept);
    }
    return taken;
  }

  /**
   * Writes the rows of finished partitions at once, on this thread.
   *
   * @return the files, safe on disk if that was asked for; none if there are no rows
   */
  List<StagedFile> writeFinished(Workplace workplace, String view) {
    if (finished == 0) {
      return List.of();
    }
    List<StagedFile> files;
    try (ArrowRecordBatch taken = takeFinished();
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      new VectorLoader(root).load(taken);
      files = workplace.storage().stage(view, root);
    }
    if (workplace.syncToDisk()) {
      workplace.storage().files(view).force(files);
    }
    return files;
  }

  private void clear() {
    rows.clear();
    allocated = false;
    finished = 0;
  }

  /** What they take in memory. */
  long bytes() {
    return bytes(rows);
  }

  /** What a batch takes in memory. */
  static long bytes(VectorSchemaRoot batch) {
    long bytes = 0;
    for (FieldVector vector : batch.getFieldVectors()) {
      bytes += vector.getBufferSize();
    }
    return bytes;
  }

  @Override
  public void close() {
    rows.close();
  }
}
