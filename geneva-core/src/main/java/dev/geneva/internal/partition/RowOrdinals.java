package dev.geneva.internal.partition;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One partition's number for each row of a query, in the query's order; bit-packed, so that a
 * hundred million rows in a thousand partitions take 120 MB. Immutable, thread-safe.
 */
public final class RowOrdinals {

  private static final int HEADER = 16;

  private final long[] words;
  private final int bits;
  private final long count;
  private final int partitions;

  private RowOrdinals(long[] words, int bits, long count, int partitions) {
    this.words = words;
    this.bits = bits;
    this.count = count;
    this.partitions = partitions;
  }

  /** The number of partitions. */
  public int partitions() {
    return partitions;
  }

  /** The number of rows. */
  public long count() {
    return count;
  }

  /** The partition of a row. */
  public int get(long row) {
    if (bits == 0) {
      return 0;
    }
    long bit = row * bits;
    int word = (int) (bit >>> 6);
    int shift = (int) (bit & 63);
    long value = words[word] >>> shift;
    if (shift + bits > Long.SIZE) {
      value |= words[word + 1] << (Long.SIZE - shift);
    }
    return (int) (value & ((1L << bits) - 1));
  }

  /**
   * How many parts {@link #part} makes: an array of bytes can't hold what a billion rows need.
   *
   * @param wordsEach longs in each part but the last
   */
  public int parts(int wordsEach) {
    return Math.toIntExact((words.length + (long) wordsEach - 1) / wordsEach);
  }

  /** A part of the same in bytes, for another process; each begins with what all of it is. */
  public byte[] part(int part, int wordsEach) {
    int from = part * wordsEach;
    int length = Math.min(wordsEach, words.length - from);
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + length * Long.BYTES);
    bytes.putInt(bits).putInt(partitions).putLong(count);
    bytes.asLongBuffer().put(words, from, length);
    return bytes.array();
  }

  /**
   * Reads what {@link #part} made.
   *
   * @param parts gives each part by its number; asked for one after the other until all is there
   * @throws IllegalArgumentException if they are something else
   */
  public static RowOrdinals of(IntFunction<byte[]> parts) {
    ByteBuffer bytes = whole(parts.apply(0));
    int bits = bytes.getInt();
    int partitions = bytes.getInt();
    long count = bytes.getLong();
    long[] words = new long[words(count, bits)];
    int filled = 0;
    int part = 0;
    while (true) {
      int length = bytes.remaining() / Long.BYTES;
      if (length > words.length - filled) {
        throw new IllegalArgumentException("No row ordinals: " + count + " rows of " + bits);
      }
      bytes.asLongBuffer().get(words, filled, length);
      filled += length;
      if (filled == words.length) {
        return new RowOrdinals(words, bits, count, partitions);
      }
      bytes = whole(parts.apply(++part)).position(HEADER);
    }
  }

  private static ByteBuffer whole(byte[] part) {
    if (part.length <= HEADER || part.length % Long.BYTES != 0) {
      throw new IllegalArgumentException("No row ordinals: " + part.length + " bytes");
    }
    return ByteBuffer.wrap(part);
  }

  private static int words(long count, int bits) {
    return Math.toIntExact((count * bits + 63) / 64 + 1);
  }

  /** Collects numbers. Not thread-safe. */
  static final class Builder {
    private static final int CHUNK = 1 << 16;
    private final List<int[]> chunks = new ArrayList<>();
    private int used = CHUNK;
    private long count;

    void add(int number) {
      if (used == CHUNK) {
        chunks.add(new int[CHUNK]);
        used = 0;
      }
      chunks.get(chunks.size() - 1)[used++] = number;
      count++;
    }

    /**
     * Packs the numbers.
     *
     * @param renumbered the final number of each collected one
     * @param numbers one more than the greatest final number
     */
    RowOrdinals build(int[] renumbered, int numbers) {
      int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, numbers - 1));
      long[] words = new long[words(count, bits)];
      for (long row = 0; row < count && bits > 0; row++) {
        long value = renumbered[chunks.get((int) (row / CHUNK))[(int) (row % CHUNK)]];
        long bit = row * bits;
        int word = (int) (bit >>> 6);
        int shift = (int) (bit & 63);
        words[word] |= value << shift;
        if (shift + bits > Long.SIZE) {
          words[word + 1] |= value >>> (Long.SIZE - shift);
        }
      }
      return new RowOrdinals(words, bits, count, numbers);
    }
  }
}
