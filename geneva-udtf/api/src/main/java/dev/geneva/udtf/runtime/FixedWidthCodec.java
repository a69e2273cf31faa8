package dev.geneva.udtf.runtime;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/** Values that all take the same number of bits. */
final class FixedWidthCodec<T> extends ColumnCodec<T> {

  /** Puts a value into a vector's data. */
  @FunctionalInterface
  interface Put<T> {
    /**
     * Puts it.
     *
     * @throws IllegalArgumentException if the value doesn't fit, with a message that follows the
     *     column's name
     */
    void put(ArrowBuf data, int row, T value);
  }

  /** Gets a value out of a vector's data. */
  @FunctionalInterface
  interface Get<T> {
    T get(ArrowBuf data, int row);
  }

  private final Put<T> put;
  private final Get<T> get;

  FixedWidthCodec(ArrowType type, Put<T> put, Get<T> get) {
    super(type);
    this.put = put;
    this.get = get;
  }

  @Override
  void write(List<? extends @Nullable T> values, boolean nullable, Mask mask, FieldVector vector) {
    BaseFixedWidthVector fixed = (BaseFixedWidthVector) vector;
    int rows = values.size();
    fixed.allocateNew(rows);
    ArrowBuf data = fixed.getDataBuffer();
    ArrowBuf validity = fixed.getValidityBuffer();
    int row = 0;
    for (T value : values) {
      if (value != null) {
        BitVectorHelper.setBit(validity, row);
        try {
          put.put(data, row, value);
        } catch (IllegalArgumentException e) {
          throw InvalidValueException.of(vector, row, String.valueOf(e.getMessage()));
        }
      } else if (!nullable) {
        if (!mask.hides(row)) {
          throw InvalidValueException.forNull(vector, row);
        }
        BitVectorHelper.setBit(validity, row);
      }
      row++;
    }
    fixed.setValueCount(rows);
  }

  @Override
  ColumnReader<T> presentReader(FieldVector vector) {
    return row -> get.get(vector.getDataBuffer(), row);
  }
}
