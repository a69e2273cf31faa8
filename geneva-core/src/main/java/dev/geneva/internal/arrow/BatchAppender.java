package dev.geneva.internal.arrow;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.util.VectorAppender;

/** Appends batches to a batch, which grows. */
public final class BatchAppender {

  private BatchAppender() {}

  /**
   * Appends rows.
   *
   * @param target has memory allocated, if only for no rows
   * @param batch of the same columns; not changed
   */
  public static void append(VectorSchemaRoot target, VectorSchemaRoot batch) {
    int before = target.getRowCount();
    int rows = batch.getRowCount();
    for (int i = 0; i < batch.getFieldVectors().size(); i++) {
      FieldVector column = target.getVector(i);
      FieldVector more = batch.getVector(i);
      if (column instanceof LargeListVector list) {
        appendLists(list, before, more, rows);
      } else {
        more.accept(new VectorAppender(column), null);
      }
    }
    target.setRowCount(before + rows);
  }

  /** Arrow's appender (18.3) takes its target for an ordinary list. */
  private static void appendLists(LargeListVector target, int before, FieldVector more, int rows) {
    // A vector that was made shorter still writes behind where its last value was.
    target.setLastSet(before - 1);
    target.setValueCount(before);
    for (int row = 0; row < rows; row++) {
      target.copyFromSafe(row, before + row, more);
    }
    target.setValueCount(before + rows);
  }
}
