package dev.geneva.udtf;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.table.Table;

/**
 * Takes the batches that a function yields. Every batch is checked against the output schema: the
 * number, order, names and types of its columns, and that a column declared non-null holds no null.
 * A nullable vector that holds none is accepted for a non-null column.
 *
 * <p>When a call returns, the batch is consumed: its content has been taken over, the vectors are
 * unchanged and still the caller's to refill or close. A call blocks while the writer lags behind.
 * Not thread-safe.
 */
public interface BatchCollector {

  /**
   * Yields a batch.
   *
   * @param batch the batch, which remains the caller's; one without rows is allowed
   * @throws RuntimeException if the batch differs from the output schema; nothing of it is taken
   */
  void collect(VectorSchemaRoot batch);

  /**
   * Yields a table as one batch.
   *
   * @param table the table, which remains the caller's
   * @throws RuntimeException if the table differs from the output schema; nothing of it is taken
   */
  void collect(Table table);

  /**
   * Yields records as one or more batches, in the order of iteration.
   *
   * @param records records of one type that is annotated with {@link ArrowRecord} or is the
   *     function's {@link Udtf#output}; none of them null
   * @throws RuntimeException if the records' columns differ from the output schema
   */
  void collectRecords(Iterable<? extends Record> records);

  /**
   * How many batches of this partition an earlier, interrupted attempt has already made durable.
   * They are compared instead of written, so the function needn't do anything about it; one whose
   * batches are dear may use it to report progress.
   *
   * @return 0 in a first attempt
   */
  int completedBatches();
}
