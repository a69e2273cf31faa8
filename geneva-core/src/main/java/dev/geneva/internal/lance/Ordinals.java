package dev.geneva.internal.lance;

/**
 * Partition ordinals at positions, in as few bytes each as the number of partitions needs. At first
 * there is {@link #NONE} everywhere. Not to be shared between threads while it is filled.
 */
abstract sealed class Ordinals {

  /** No ordinal. */
  static final int NONE = -1;

  /**
   * Allocates the array.
   *
   * @param partitions one more than the greatest ordinal
   */
  static Ordinals allocate(int length, int partitions) {
    // Ordinals are kept plus one, so that a new array needn't be filled.
    if (partitions < 1 << Byte.SIZE) {
      return new Bytes(length);
    }
    return partitions < 1 << Character.SIZE ? new Chars(length) : new Ints(length);
  }

  /** The ordinal at a position, or {@link #NONE}. */
  abstract int get(int position);

  /** Sets the ordinal at a position. */
  abstract void set(int position, int ordinal);

  /** The number of positions. */
  abstract int length();

  /** Adds the number of positions of each ordinal to a count. */
  void count(long[] into) {
    for (int i = 0; i < length(); i++) {
      int ordinal = get(i);
      if (ordinal != NONE) {
        into[ordinal]++;
      }
    }
  }

  private static final class Bytes extends Ordinals {
    private final byte[] values;

    Bytes(int length) {
      values = new byte[length];
    }

    @Override
    int get(int position) {
      return (values[position] & 0xFF) - 1;
    }

    @Override
    void set(int position, int ordinal) {
      values[position] = (byte) (ordinal + 1);
    }

    @Override
    int length() {
      return values.length;
    }
  }

  private static final class Chars extends Ordinals {
    private final char[] values;

    Chars(int length) {
      values = new char[length];
    }

    @Override
    int get(int position) {
      return values[position] - 1;
    }

    @Override
    void set(int position, int ordinal) {
      values[position] = (char) (ordinal + 1);
    }

    @Override
    int length() {
      return values.length;
    }
  }

  private static final class Ints extends Ordinals {
    private final int[] values;

    Ints(int length) {
      values = new int[length];
    }

    @Override
    int get(int position) {
      return values[position] - 1;
    }

    @Override
    void set(int position, int ordinal) {
      values[position] = ordinal + 1;
    }

    @Override
    int length() {
      return values.length;
    }
  }
}
