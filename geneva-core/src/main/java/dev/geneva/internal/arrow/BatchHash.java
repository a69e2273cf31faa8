package dev.geneva.internal.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * A hash of a batch's values: CRC-32C, which processors compute at the speed of memory. It tells
 * whether a function yields the same again, not whether somebody forged it.
 *
 * <p>Equal values have equal hashes, however they lie in memory: what stands in the place of a null
 * doesn't count, nor where in its buffers a vector begins. Floats count by their bits, so that two
 * kinds of NaN differ.
 */
public final class BatchHash {

  private static final int LONGEST = 1 << 20;
  private static final int CHUNK = 1024;

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private BatchHash() {}

  /**
   * The hash of a batch.
   *
   * @throws IllegalArgumentException if a column has a type that Lance can't store
   */
  public static int of(VectorSchemaRoot batch) {
    BatchHash hash = new BatchHash();
    hash.add(batch.getRowCount());
    for (FieldVector column : batch.getFieldVectors()) {
      hash.add(column, 0, batch.getRowCount());
    }
    return (int) hash.crc.getValue();
  }

  private void add(long value) {
    crc.update(number.putLong(0, value).array());
  }

  private void add(ArrowBuf buffer, long from, long bytes) {
    for (long done = 0; done < bytes; done += LONGEST) {
      crc.update(buffer.nioBuffer(from + done, (int) Math.min(LONGEST, bytes - done)));
    }
  }

  /** The nulls, then the values of each run of rows that have one. */
  private void add(FieldVector vector, long from, long rows) {
    if (vector instanceof NullVector) {
      return;
    }
    long row = from;
    while (row < from + rows) {
      long begin = row;
      boolean present = !vector.isNull(Math.toIntExact(begin));
      if (begin == from && vector.getNullCount() == 0) {
        row = from + rows;
      } else {
        row = endOfRun(vector, begin, from + rows, present);
      }
      add(present ? row - begin : begin - row);
      if (present) {
        addValues(vector, begin, row - begin);
      }
    }
  }

  private static long endOfRun(FieldVector vector, long begin, long end, boolean present) {
    long row = begin + 1;
    while (row < end && !vector.isNull((int) row) == present) {
      row++;
    }
    return row;
  }

  private void addValues(FieldVector vector, long from, long rows) {
    if (vector instanceof BitVector bits) {
      addBits(bits, from, rows);
    } else if (vector instanceof BaseFixedWidthVector fixed) {
      long width = fixed.getTypeWidth();
      add(fixed.getDataBuffer(), from * width, rows * width);
    } else if (vector instanceof BaseVariableWidthVector text) {
      addTexts(text.getOffsetBuffer(), Integer.BYTES, text.getDataBuffer(), from, rows);
    } else if (vector instanceof BaseLargeVariableWidthVector text) {
      addTexts(text.getOffsetBuffer(), Long.BYTES, text.getDataBuffer(), from, rows);
    } else if (vector instanceof FixedSizeListVector list) {
      long size = list.getListSize();
      add(list.getDataVector(), from * size, rows * size);
    } else if (vector instanceof ListVector list) { // maps, too
      addLengths(list.getOffsetBuffer(), Integer.BYTES, from, rows);
      long first = list.getOffsetBuffer().getInt(from * Integer.BYTES);
      long end = list.getOffsetBuffer().getInt((from + rows) * Integer.BYTES);
      add(list.getDataVector(), first, end - first);
    } else if (vector instanceof LargeListVector list) {
      addLengths(list.getOffsetBuffer(), Long.BYTES, from, rows);
      long first = list.getOffsetBuffer().getLong(from * Long.BYTES);
      long end = list.getOffsetBuffer().getLong((from + rows) * Long.BYTES);
      add(list.getDataVector(), first, end - first);
    } else if (vector instanceof StructVector struct) {
      for (FieldVector child : struct.getChildrenFromFields()) {
        add(child, from, rows);
      }
    } else {
      throw new IllegalArgumentException("Can't hash " + vector.getField());
    }
  }

  private void addBits(BitVector bits, long from, long rows) {
    byte[] chunk = new byte[(int) Math.min(rows, CHUNK)];
    int filled = 0;
    for (long row = from; row < from + rows; row++) {
      chunk[filled++] = (byte) bits.get((int) row);
      if (filled == chunk.length || row == from + rows - 1) {
        crc.update(chunk, 0, filled);
        filled = 0;
      }
    }
  }

  private void addTexts(ArrowBuf offsets, int width, ArrowBuf data, long from, long rows) {
    addLengths(offsets, width, from, rows);
    long first = offset(offsets, width, from);
    add(data, first, offset(offsets, width, from + rows) - first);
  }

  /** The offsets, counted from the first, so that it doesn't matter where the values begin. */
  private void addLengths(ArrowBuf offsets, int width, long from, long rows) {
    long begin = offset(offsets, width, from);
    ByteBuffer chunk =
        ByteBuffer.allocate((int) Math.min(rows, CHUNK) * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (long row = from + 1; row <= from + rows; row++) {
      chunk.putLong(offset(offsets, width, row) - begin);
      if (!chunk.hasRemaining() || row == from + rows) {
        crc.update(chunk.flip());
        chunk.clear();
      }
    }
  }

  private static long offset(ArrowBuf offsets, int width, long row) {
    return width == Integer.BYTES
        ? offsets.getInt(row * Integer.BYTES)
        : offsets.getLong(row * Long.BYTES);
  }
}
