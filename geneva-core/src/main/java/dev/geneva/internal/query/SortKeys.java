package dev.geneva.internal.query;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.Order;
import dev.geneva.internal.arrow.Schemas;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * One column by which rows are put in order, as Java values: numbers and times as longs that
 * compare as they do, all else as bytes. Used by one thread.
 */
final class SortKeys {

  private static final List<Class<? extends ArrowType>> LONGS =
      List.of(
          ArrowType.Int.class,
          ArrowType.FloatingPoint.class,
          ArrowType.Bool.class,
          ArrowType.Date.class,
          ArrowType.Time.class,
          ArrowType.Timestamp.class,
          ArrowType.Duration.class);

  private static final List<Class<? extends ArrowType>> BYTES =
      List.of(
          ArrowType.Utf8.class,
          ArrowType.LargeUtf8.class,
          ArrowType.Binary.class,
          ArrowType.LargeBinary.class,
          ArrowType.FixedSizeBinary.class,
          ArrowType.Decimal.class);

  private static final byte[] NONE = {};

  /** Enough for decimals of 256 bits and their sign. */
  private static final int DECIMAL_BYTES = 33;

  private final Order order;
  private final boolean bytes;
  private long[] longKeys;
  private byte[][] byteKeys;
  private boolean[] nulls;
  private int size;

  private SortKeys(Order order, boolean bytes) {
    this.order = order;
    this.bytes = bytes;
    this.longKeys = new long[bytes ? 0 : 1024];
    this.byteKeys = new byte[bytes ? 1024 : 0][];
    this.nulls = new boolean[1024];
  }

  /**
   * No keys yet.
   *
   * @param field the column
   * @throws InvalidDefinitionException if its type has no order
   */
  static SortKeys of(Order order, Field field) {
    requireOrderable(field);
    return new SortKeys(order, BYTES.contains(field.getType().getClass()));
  }

  /** Fails as {@link #of}. */
  static void requireOrderable(Field field) {
    Class<? extends ArrowType> type = field.getType().getClass();
    if (field.getDictionary() != null || !(LONGS.contains(type) || BYTES.contains(type))) {
      throw new InvalidDefinitionException(
          "Rows can't be put in order by column '"
              + field.getName()
              + "', which is "
              + Schemas.type(field)
              + "; by numbers, times, booleans, strings and binary values they can.");
    }
  }

  /** Adds the keys of a batch. */
  void add(FieldVector vector, int rows) {
    reserve(size + rows);
    for (int row = 0; row < rows; row++) {
      boolean isNull = vector.isNull(row);
      nulls[size] = isNull;
      if (bytes) {
        byteKeys[size] = isNull ? NONE : bytes(vector, row);
      } else {
        longKeys[size] = isNull ? 0 : number(vector, row);
      }
      size++;
    }
  }

  private void reserve(int capacity) {
    if (capacity > nulls.length) {
      int grown = Math.max(capacity, nulls.length + nulls.length / 2);
      nulls = Arrays.copyOf(nulls, grown);
      longKeys = bytes ? longKeys : Arrays.copyOf(longKeys, grown);
      byteKeys = bytes ? Arrays.copyOf(byteKeys, grown) : byteKeys;
    }
  }

  /** Keeps these rows, in this order. */
  void keep(int[] rows) {
    boolean[] keptNulls = new boolean[rows.length];
    long[] keptLongs = new long[bytes ? 0 : rows.length];
    byte[][] keptBytes = new byte[bytes ? rows.length : 0][];
    for (int i = 0; i < rows.length; i++) {
      keptNulls[i] = nulls[rows[i]];
      if (bytes) {
        keptBytes[i] = byteKeys[rows[i]];
      } else {
        keptLongs[i] = longKeys[rows[i]];
      }
    }
    nulls = keptNulls;
    longKeys = keptLongs;
    byteKeys = keptBytes;
    size = rows.length;
  }

  /** Which of two rows comes first. */
  int compare(int a, int b) {
    if (nulls[a] || nulls[b]) {
      int nullsLast = Boolean.compare(nulls[a], nulls[b]);
      return order.nulls() == Order.Nulls.LAST ? nullsLast : -nullsLast;
    }
    int ascending =
        bytes
            ? Arrays.compareUnsigned(byteKeys[a], byteKeys[b])
            : Long.compare(longKeys[a], longKeys[b]);
    return order.direction() == Order.Direction.ASCENDING ? ascending : -ascending;
  }

  private static long number(FieldVector vector, int row) {
    if (vector instanceof UInt8Vector unsigned) {
      return unsigned.get(row) ^ Long.MIN_VALUE;
    } else if (vector instanceof BaseIntVector integers) {
      return integers.getValueAsLong(row);
    } else if (vector instanceof Float8Vector doubles) {
      return number(doubles.get(row));
    } else if (vector instanceof Float4Vector floats) {
      return number(floats.get(row));
    } else if (vector instanceof Float2Vector halves) {
      return number(halves.getValueAsFloat(row));
    } else if (vector instanceof BitVector booleans) {
      return booleans.get(row);
    }
    return time(vector, row);
  }

  private static long time(FieldVector vector, int row) {
    if (vector instanceof TimeStampVector timestamps) {
      return timestamps.get(row);
    } else if (vector instanceof DateDayVector days) {
      return days.get(row);
    } else if (vector instanceof DateMilliVector days) {
      return days.get(row);
    } else if (vector instanceof TimeSecVector times) {
      return times.get(row);
    } else if (vector instanceof TimeMilliVector times) {
      return times.get(row);
    } else if (vector instanceof TimeMicroVector times) {
      return times.get(row);
    } else if (vector instanceof TimeNanoVector times) {
      return times.get(row);
    } else if (vector instanceof DurationVector) {
      return DurationVector.get(vector.getDataBuffer(), row);
    }
    throw new IllegalStateException("No order for " + vector.getField());
  }

  /** A long that compares as the number does; NaN is the greatest, and the zeros are one. */
  private static long number(double value) {
    long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private static byte[] bytes(FieldVector vector, int row) {
    if (vector instanceof VarCharVector strings) {
      return strings.get(row);
    } else if (vector instanceof VarBinaryVector binary) {
      return binary.get(row);
    } else if (vector instanceof BaseLargeVariableWidthVector) {
      return vector instanceof LargeVarCharVector strings
          ? strings.get(row)
          : ((LargeVarBinaryVector) vector).get(row);
    } else if (vector instanceof FixedSizeBinaryVector binary) {
      return binary.get(row);
    } else if (vector instanceof DecimalVector decimals) {
      return bytes(decimals.getObjectNotNull(row));
    }
    return bytes(((Decimal256Vector) vector).getObjectNotNull(row));
  }

  /** Of equal scale, so the unscaled values compare as the numbers do. */
  private static byte[] bytes(BigDecimal value) {
    byte[] digits = value.unscaledValue().toByteArray();
    byte[] key = new byte[DECIMAL_BYTES];
    Arrays.fill(key, (byte) (value.signum() < 0 ? -1 : 0));
    System.arraycopy(digits, 0, key, DECIMAL_BYTES - digits.length, digits.length);
    key[0] ^= (byte) 0x80;
    return key;
  }
}
