package dev.geneva.udtf.runtime;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.Float16;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;

/**
 * Columns of Java primitives, without a box. Writing is a loop in the generated converter, one for
 * each column; reading goes through the {@code read} method for the vector's type. An unsigned
 * number has the bits of its Java value.
 */
public final class Primitives {

  private Primitives() {}

  /**
   * Drops what a vector holds, and makes room for rows, all of them present.
   *
   * @return the vector's data, zeroed, which remains the vector's
   */
  public static ArrowBuf allocate(FieldVector vector, int rows) {
    BaseFixedWidthVector fixed = (BaseFixedWidthVector) vector;
    fixed.allocateNew(rows);
    ArrowBuf validity = fixed.getValidityBuffer();
    int wholeBytes = rows / Byte.SIZE;
    validity.setOne(0L, (long) wholeBytes);
    for (int row = wholeBytes * Byte.SIZE; row < rows; row++) {
      BitVectorHelper.setBit(validity, row);
    }
    fixed.setValueCount(rows);
    return fixed.getDataBuffer();
  }

  /**
   * The bits of the nearest half float.
   *
   * @throws InvalidValueException if the value is finite, but no half float is that large
   */
  public static short halfFloat(float value, FieldVector vector, int row) {
    try {
      return HalfFloats.encode(value);
    } catch (IllegalArgumentException e) {
      throw InvalidValueException.of(vector, row, String.valueOf(e.getMessage()));
    }
  }

  /** Reads a boolean. */
  public static boolean read(BitVector vector, int row) {
    return BitVectorHelper.get(present(vector, row), row) != 0;
  }

  /** Reads an int8. */
  public static byte read(TinyIntVector vector, int row) {
    return present(vector, row).getByte(row);
  }

  /** Reads a uint8. */
  public static byte read(UInt1Vector vector, int row) {
    return present(vector, row).getByte(row);
  }

  /** Reads an int16. */
  public static short read(SmallIntVector vector, int row) {
    return present(vector, row).getShort((long) row * Short.BYTES);
  }

  /** Reads a uint16. */
  public static short read(UInt2Vector vector, int row) {
    return present(vector, row).getShort((long) row * Short.BYTES);
  }

  /** Reads an int32. */
  public static int read(IntVector vector, int row) {
    return present(vector, row).getInt((long) row * Integer.BYTES);
  }

  /** Reads a uint32. */
  public static int read(UInt4Vector vector, int row) {
    return present(vector, row).getInt((long) row * Integer.BYTES);
  }

  /** Reads an int64. */
  public static long read(BigIntVector vector, int row) {
    return present(vector, row).getLong((long) row * Long.BYTES);
  }

  /** Reads a uint64. */
  public static long read(UInt8Vector vector, int row) {
    return present(vector, row).getLong((long) row * Long.BYTES);
  }

  /** Reads a float16. */
  public static float read(Float2Vector vector, int row) {
    return Float16.toFloat(present(vector, row).getShort((long) row * Short.BYTES));
  }

  /** Reads a float32. */
  public static float read(Float4Vector vector, int row) {
    return present(vector, row).getFloat((long) row * Float.BYTES);
  }

  /** Reads a float64. */
  public static double read(Float8Vector vector, int row) {
    return present(vector, row).getDouble((long) row * Double.BYTES);
  }

  private static ArrowBuf present(BaseFixedWidthVector vector, int row) {
    if (vector.isNull(row)) {
      throw InvalidValueException.forNull(vector, row);
    }
    return vector.getDataBuffer();
  }
}
