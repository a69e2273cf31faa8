package dev.geneva.internal.arrow;

import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.util.TransferPair;
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
      } else if (beginsAtZero(more)) {
        more.accept(new VectorAppender(column), null);
      } else {
        appendPart(column, more, rows);
      }
    }
    target.setRowCount(before + rows);
  }

  /**
   * Whether offsets of texts and lists begin at 0. Those of a batch from elsewhere don't where it
   * is a part of a larger one, and Arrow's appender (18.3) takes them to.
   */
  private static boolean beginsAtZero(FieldVector vector) {
    if (vector.getValueCount() == 0) {
      return true;
    }
    long first = 0;
    if (vector instanceof BaseVariableWidthVector || vector instanceof ListVector) {
      first = vector.getOffsetBuffer().getInt(0);
    } else if (vector instanceof BaseLargeVariableWidthVector
        || vector instanceof LargeListVector) {
      first = vector.getOffsetBuffer().getLong(0);
    }
    return first == 0
        && vector.getChildrenFromFields().stream().allMatch(BatchAppender::beginsAtZero);
  }

  /** Arrow's own part of a vector, even if it is all of it, begins at 0. */
  private static void appendPart(FieldVector target, FieldVector part, int rows) {
    TransferPair pair = part.getTransferPair(part.getField(), part.getAllocator());
    try (ValueVector rebased = pair.getTo()) {
      pair.splitAndTransfer(0, rows);
      rebased.accept(new VectorAppender(target), null);
    }
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
