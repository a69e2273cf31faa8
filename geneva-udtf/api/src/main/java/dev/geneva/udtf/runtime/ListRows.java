package dev.geneva.udtf.runtime;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.complex.ListVector;

/**
 * Writes the offsets and the validity of a list's (or map's) vector, row by row, while the caller
 * gathers the elements.
 */
final class ListRows {

  private final ListVector vector;
  private final ArrowBuf offsets;
  private final ArrowBuf validity;
  private final int size;
  private int row;
  private int end;

  /** Drops what the vector holds, and makes room for rows. */
  ListRows(ListVector vector, int size) {
    this.vector = vector;
    this.size = size;
    vector.clear();
    vector.setInitialTotalCapacity(size, 0);
    vector.allocateNew();
    while (vector.getValueCapacity() < size) {
      vector.reAlloc();
    }
    offsets = vector.getOffsetBuffer();
    validity = vector.getValidityBuffer();
    if (size > 0) {
      offsets.setInt(0, 0);
    }
  }

  void append(int length) {
    end = Offsets.advance(end, length, vector, row);
    BitVectorHelper.setBit(validity, row);
    next();
  }

  void appendNull(boolean nullable, Mask mask) {
    if (!nullable) {
      if (!mask.hides(row)) {
        throw InvalidValueException.forNull(vector, row);
      }
      BitVectorHelper.setBit(validity, row);
    }
    next();
  }

  private void next() {
    row++;
    offsets.setInt((long) row * ListVector.OFFSET_WIDTH, end);
  }

  /** How many elements the rows so far have. */
  int elements() {
    return end;
  }

  /** To be called when the elements are written. */
  void finish() {
    vector.setLastSet(size - 1);
    vector.setValueCount(size);
  }

  /** Says of a bad element in which row's list it is. */
  InvalidValueException locate(InvalidValueException inElements) {
    int listRow = 0;
    while (offsets.getInt((listRow + 1L) * ListVector.OFFSET_WIDTH) <= inElements.row()) {
      listRow++;
    }
    int start = offsets.getInt((long) listRow * ListVector.OFFSET_WIDTH);
    return inElements.inList(vector, listRow, inElements.row() - start);
  }
}
