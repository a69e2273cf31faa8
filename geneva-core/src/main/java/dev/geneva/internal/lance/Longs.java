package dev.geneva.internal.lance;

import java.util.Arrays;

/** A list of numbers that grows. */
final class Longs {

  private long[] values = new long[64];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  /** A copy of the numbers. */
  long[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
