package dev.geneva.udtf.runtime;

import org.apache.arrow.vector.FieldVector;

/** Offsets into a list's elements or a string's bytes, which Arrow counts in 32 bits. */
final class Offsets {

  static final String PASSED =
      "passes 2^31 elements or bytes in one batch; write fewer records at a time";

  private Offsets() {}

  /**
   * The offset after one more value.
   *
   * @throws InvalidValueException if it passes what 32 bits can say
   */
  static int advance(int offset, int length, FieldVector vector, int row) {
    int end = offset + length;
    if (end < 0) {
      throw InvalidValueException.of(vector, row, PASSED);
    }
    return end;
  }
}
