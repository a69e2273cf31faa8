package dev.geneva.internal.run;

import dev.geneva.internal.arrow.BatchAppender;
import dev.geneva.internal.arrow.BatchCopy;
import dev.geneva.internal.plan.Partition;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where the output of a task's partitions goes, one partition after the other. Small ones are
 * gathered and share a file; one that grows large gets files of its own, to which it streams. Used
 * by one thread.
 */
final class TaskOutput implements AutoCloseable {

  /** A partition with more output than this gets files of its own. */
  private static final long LARGE_BYTES = 8L << 20;

  /** Gathered rows are handed to the writer when there are so many, or so much. */
  private static final int FLUSH_ROWS = 8192;

  private final Workplace workplace;
  private final String view;
  private final Schema schema;
  private final boolean alone;

  /** The rows gathered: first those of finished partitions, then those of the present one. */
  private final VectorSchemaRoot gathered;

  private int finishedRows;
  private long presentBytes;
  private @Nullable StagedWriter shared;
  private @Nullable StagedWriter own;
  private final List<PartitionResult> sharing = new ArrayList<>();
  private final List<FileGroup> groups = new ArrayList<>();

  /**
   * Writes a task's output.
   *
   * @param alone whether the task has only one partition, which needn't be gathered then
   */
  TaskOutput(Workplace workplace, String view, Schema schema, boolean alone) {
    this.workplace = workplace;
    this.view = view;
    this.schema = schema;
    this.alone = alone;
    this.gathered = VectorSchemaRoot.create(schema, workplace.allocator());
    if (!alone) {
      gathered.allocateNew(); // the appender reads the first offset of vectors that have none yet
    }
  }

  /** A partition begins. */
  void begin(Partition partition) {
    // Others' rows, which are there already, may belong between two that don't follow one another.
    if (!sharing.isEmpty()
        && sharing.get(sharing.size() - 1).partition().ordinal() + 1 != partition.ordinal()) {
      closeShared();
    }
  }

  /**
   * Adds a batch to the present partition; waits while the writer lags.
   *
   * @param batch of the schema's columns; copied
   * @throws RuntimeException if the storage failed
   */
  void write(VectorSchemaRoot batch) {
    if (own == null && !alone) {
      presentBytes += bytes(batch);
      if (presentBytes <= LARGE_BYTES) {
        BatchAppender.append(gathered, batch);
        return;
      }
      moveToOwn();
    }
    if (own == null) {
      own = new StagedWriter(workplace, view, schema);
    }
    own.write(BatchCopy.copy(batch, workplace.allocator()), new MapDictionaryProvider());
  }

  /** The present partition turns out to be large: what it has so far goes to its own files. */
  private void moveToOwn() {
    StagedWriter writer = new StagedWriter(workplace, view, schema);
    own = writer;
    int rows = gathered.getRowCount() - finishedRows;
    if (rows > 0) {
      try (VectorSchemaRoot present = gathered.slice(finishedRows, rows)) {
        writer.write(BatchCopy.copy(present, workplace.allocator()), new MapDictionaryProvider());
      }
      gathered.setRowCount(finishedRows);
    }
    closeShared();
  }

  /** The present partition is whole. */
  void finish(PartitionResult result) {
    if (own != null) {
      groups.add(new FileGroup(own.finish(), List.of(result)));
      own = null;
    } else if (alone) {
      groups.add(new FileGroup(List.of(), List.of(result)));
    } else {
      sharing.add(result);
      finishedRows = gathered.getRowCount();
      if (finishedRows >= FLUSH_ROWS || bytes(gathered) > LARGE_BYTES) {
        flush();
      }
    }
    presentBytes = 0;
  }

  /** Drops what the present partition has written so far. */
  void drop() {
    if (own != null) {
      own.close();
      own = null;
    }
    gathered.setRowCount(finishedRows);
    presentBytes = 0;
  }

  /** The present partition is left out. */
  void skip(PartitionResult result) {
    drop();
    closeShared();
    groups.add(new FileGroup(List.of(), List.of(result)));
  }

  /** Writes what is left, and returns all. */
  List<FileGroup> complete() {
    closeShared();
    return groups;
  }

  private void flush() {
    if (finishedRows > 0) {
      if (shared == null) {
        shared = new StagedWriter(workplace, view, schema);
      }
      ArrowRecordBatch batch = BatchCopy.share(gathered);
      gathered.clear(); // the batch holds the buffers now
      gathered.allocateNew();
      finishedRows = 0;
      shared.write(batch, new MapDictionaryProvider());
    }
  }

  private void closeShared() {
    flush();
    if (!sharing.isEmpty()) {
      groups.add(new FileGroup(shared == null ? List.of() : shared.finish(), sharing));
      sharing.clear();
    }
    shared = null;
  }

  private static long bytes(VectorSchemaRoot root) {
    long bytes = 0;
    for (FieldVector vector : root.getFieldVectors()) {
      bytes += vector.getBufferSize();
    }
    return bytes;
  }

  /** Abandons what wasn't finished. */
  @Override
  public void close() {
    gathered.close();
    if (own != null) {
      own.close();
    }
    if (shared != null) {
      shared.close();
    }
  }
}
