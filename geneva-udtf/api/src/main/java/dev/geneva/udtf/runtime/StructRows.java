package dev.geneva.udtf.runtime;

import java.util.function.IntPredicate;
import org.apache.arrow.vector.complex.StructVector;

/** Allocates a struct's vector, and sets its validity. */
final class StructRows {

  private StructRows() {}

  /** Drops what the vector holds, and makes room; the children are the caller's to allocate. */
  static void allocate(StructVector vector, int rows) {
    vector.clear();
    vector.setInitialCapacity(rows);
    vector.allocateNew();
  }

  /** To be called when the children are written. */
  static void finish(StructVector vector, int rows, IntPredicate isPresent) {
    for (int row = 0; row < rows; row++) {
      if (isPresent.test(row)) {
        vector.setIndexDefined(row);
      }
    }
    vector.setValueCount(rows);
  }
}
