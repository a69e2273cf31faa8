package dev.geneva.udtf.runtime;

import java.util.List;
import java.util.function.Function;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/** Values that lie one after the other as bytes of any length. */
final class VariableWidthCodec<T> extends ColumnCodec<T> {

  private static final int OFFSET_WIDTH = Integer.BYTES;

  private final Function<T, byte[]> encode;
  private final Function<byte[], T> decode;

  /**
   * A codec.
   *
   * @param encode throws IllegalArgumentException if the value doesn't fit, with a message that
   *     follows the column's name
   * @param decode likewise
   */
  VariableWidthCodec(ArrowType type, Function<T, byte[]> encode, Function<byte[], T> decode) {
    super(type);
    this.encode = encode;
    this.decode = decode;
  }

  @Override
  void write(List<? extends @Nullable T> values, boolean nullable, Mask mask, FieldVector vector) {
    BaseVariableWidthVector variable = (BaseVariableWidthVector) vector;
    int rows = values.size();
    variable.allocateNew(rows);
    ArrowBuf offsets = variable.getOffsetBuffer();
    ArrowBuf validity = variable.getValidityBuffer();
    ArrowBuf data = variable.getDataBuffer();
    if (rows > 0) {
      offsets.setInt(0, 0);
    }
    int end = 0;
    int row = 0;
    for (T value : values) {
      if (value != null) {
        byte[] bytes = encoded(value, vector, row);
        int start = end;
        end = Offsets.advance(start, bytes.length, vector, row);
        if (end > data.capacity()) {
          // Doubling, so that the copies stay linear in what is written.
          variable.reallocDataBuffer(Math.min(Integer.MAX_VALUE, Math.max(end, 2L * start)));
          data = variable.getDataBuffer();
        }
        data.setBytes(start, bytes);
        BitVectorHelper.setBit(validity, row);
      } else if (!nullable) {
        if (!mask.hides(row)) {
          throw InvalidValueException.forNull(vector, row);
        }
        BitVectorHelper.setBit(validity, row);
      }
      row++;
      offsets.setInt((long) row * OFFSET_WIDTH, end);
    }
    variable.setLastSet(rows - 1);
    variable.setValueCount(rows);
  }

  private byte[] encoded(T value, FieldVector vector, int row) {
    try {
      return encode.apply(value);
    } catch (IllegalArgumentException e) {
      throw InvalidValueException.of(vector, row, String.valueOf(e.getMessage()));
    }
  }

  @Override
  ColumnReader<T> presentReader(FieldVector vector) {
    BaseVariableWidthVector variable = (BaseVariableWidthVector) vector;
    return row -> {
      ArrowBuf offsets = variable.getOffsetBuffer();
      int start = offsets.getInt((long) row * OFFSET_WIDTH);
      byte[] bytes = new byte[offsets.getInt((row + 1L) * OFFSET_WIDTH) - start];
      variable.getDataBuffer().getBytes(start, bytes);
      try {
        return decode.apply(bytes);
      } catch (IllegalArgumentException e) {
        throw InvalidValueException.of(vector, row, String.valueOf(e.getMessage()));
      }
    };
  }
}
