package dev.geneva.internal.partition;

import java.util.Arrays;

/**
 * Numbers distinct longs in the order in which they are first seen. Open addressing with linear
 * probing, without an object for each value. Not thread-safe.
 */
final class LongTable {

  private long[] keys = new long[64];
  private int[] ids = new int[64];
  private long[] values = new long[32];
  private int size;

  LongTable() {
    Arrays.fill(ids, -1);
  }

  /** The number of a value, which is new if it hasn't been seen. */
  int idOf(long value) {
    int slot = slot(value, ids.length);
    while (ids[slot] >= 0) {
      if (keys[slot] == value) {
        return ids[slot];
      }
      slot = (slot + 1) & (ids.length - 1);
    }
    keys[slot] = value;
    ids[slot] = size;
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
    if (size * 2 > ids.length) {
      grow();
    }
    return size - 1;
  }

  /** The value of a number. */
  long value(int id) {
    return values[id];
  }

  int size() {
    return size;
  }

  private void grow() {
    int capacity = ids.length * 2;
    keys = new long[capacity];
    ids = new int[capacity];
    Arrays.fill(ids, -1);
    for (int id = 0; id < size; id++) {
      int slot = slot(values[id], capacity);
      while (ids[slot] >= 0) {
        slot = (slot + 1) & (capacity - 1);
      }
      keys[slot] = values[id];
      ids[slot] = id;
    }
  }

  /** Mixes the bits as the finaliser of MurmurHash3 does, so that runs of values spread. */
  private static int slot(long value, int capacity) {
    long hash = value;
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (int) (hash ^ (hash >>> 33)) & (capacity - 1);
  }
}
