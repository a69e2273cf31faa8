package dev.geneva.internal.run;

import dev.geneva.NondeterministicUdtfException;
import dev.geneva.RefreshCancelledException;
import dev.geneva.RefreshInProgressException;
import dev.geneva.StorageException;
import dev.geneva.internal.arrow.BatchHash;
import dev.geneva.internal.arrow.RecordBatches;
import dev.geneva.internal.arrow.Schemas;
import dev.geneva.internal.checkpoint.BatchMark;
import dev.geneva.internal.descriptor.Generated;
import dev.geneva.udtf.ArrowRecordConverter;
import dev.geneva.udtf.BatchCollector;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.table.Table;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Checks one attempt's batches and hands them to its writer. Used by the function's thread. */
final class TaskCollector implements BatchCollector {

  private final String label;
  private final Schema schema;
  private final AttemptWatch.Attempt call;
  private final Workplace workplace;
  private final BufferAllocator allocator;
  private final TaskOutput output;
  private final int completedBatches;
  private final boolean marks;

  private long rows;
  private int batches;
  private @Nullable RuntimeException rejection;

  /**
   * Collects for one attempt.
   *
   * @param label names function and partition in messages
   * @param allocator for batches made of records; limited as the function's own
   */
  TaskCollector(
      String label,
      Schema schema,
      AttemptWatch.Attempt call,
      Workplace workplace,
      BufferAllocator allocator,
      TaskOutput output) {
    this.label = label;
    this.schema = schema;
    this.call = call;
    this.workplace = workplace;
    this.allocator = allocator;
    this.output = output;
    this.completedBatches = output.completedBatches();
    this.marks = output.wantsMarks();
  }

  @Override
  public void collect(VectorSchemaRoot batch) {
    take(batch);
  }

  @Override
  public void collect(Table table) {
    // Arrow shows a table's vectors only to those who take them away, and a slice of all rows is
    // the
    // table itself.
    try (Table copy = table.copy();
        VectorSchemaRoot root = copy.toVectorSchemaRoot()) {
      take(root);
    }
  }

  @Override
  public void collectRecords(Iterable<? extends Record> records) {
    Iterator<? extends Record> all = records.iterator();
    List<Record> chunk = RecordBatches.chunk(all);
    if (chunk.isEmpty()) {
      return;
    }
    ArrowRecordConverter<Record> converter = Generated.converter(chunk.get(0).getClass());
    try (VectorSchemaRoot root = VectorSchemaRoot.create(converter.schema(), allocator)) {
      for (; !chunk.isEmpty(); chunk = RecordBatches.chunk(all)) {
        converter.write(chunk, root);
        collect(root);
      }
    }
  }

  @Override
  public int completedBatches() {
    return completedBatches;
  }

  private void take(VectorSchemaRoot batch) {
    try {
      call.check();
      if (rejection != null) {
        throw rejection;
      }
      Schemas.check("Batch " + (batches + 1) + " of " + label, schema, batch);
      output.write(batch, marks ? new BatchMark(BatchHash.of(batch), batch.getRowCount()) : null);
    } catch (RuntimeException e) {
      // A function that catches this must not get away with a batch less.
      rejection = e;
      throw e;
    }
    batches++;
    rows += batch.getRowCount();
    workplace.counters().wrote(batch.getRowCount());
  }

  /**
   * Whatever the function made of it: if the storage failed, the refresh was cancelled or lost to
   * another owner, or the batches are others than before, then that is what happened.
   *
   * @param thrown what the function threw
   */
  void requireWritable(Throwable thrown) {
    if (rejection != null
        && rejection != thrown
        && (rejection instanceof StorageException
            || rejection instanceof RefreshCancelledException
            || rejection instanceof RefreshInProgressException
            || rejection instanceof NondeterministicUdtfException)) {
      throw rejection;
    }
  }

  /**
   * Ends the attempt.
   *
   * @throws RuntimeException what made an earlier call fail, if the function caught it
   */
  void finish() {
    if (rejection != null) {
      throw rejection;
    }
  }

  /** Rows taken. */
  long rows() {
    return rows;
  }

  /** Batches taken, empty ones too. */
  int batches() {
    return batches;
  }
}
