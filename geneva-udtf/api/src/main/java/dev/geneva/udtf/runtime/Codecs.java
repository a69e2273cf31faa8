package dev.geneva.udtf.runtime;

import dev.geneva.udtf.ArrowRecordConverter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.arrow.memory.util.Float16;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** All codecs: one for each Java type that a component of a record may have. */
public final class Codecs {

  /** The name that Lance and pyarrow give a list's child. */
  static final String ITEM = "item";

  private static final ColumnCodec<Boolean> BOOL =
      new FixedWidthCodec<>(
          ArrowType.Bool.INSTANCE,
          (data, row, value) -> {
            if (value) {
              BitVectorHelper.setBit(data, row);
            }
          },
          (data, row) -> BitVectorHelper.get(data, row) != 0);
  private static final ColumnCodec<String> TEXT =
      new VariableWidthCodec<>(
          ArrowType.Utf8.INSTANCE,
          Text::encode,
          bytes -> new String(bytes, StandardCharsets.UTF_8));
  private static final ColumnCodec<byte[]> BINARY =
      new VariableWidthCodec<>(ArrowType.Binary.INSTANCE, Function.identity(), Function.identity());

  private Codecs() {}

  /** bool. */
  public static ColumnCodec<Boolean> bool() {
    return BOOL;
  }

  /** int8. */
  public static ColumnCodec<Byte> int8() {
    return bytes(true);
  }

  /** uint8, as the bits of a byte. */
  public static ColumnCodec<Byte> uint8() {
    return bytes(false);
  }

  /** int16. */
  public static ColumnCodec<Short> int16() {
    return shorts(true);
  }

  /** uint16, as the bits of a short. */
  public static ColumnCodec<Short> uint16() {
    return shorts(false);
  }

  /** int32. */
  public static ColumnCodec<Integer> int32() {
    return ints(true);
  }

  /** uint32, as the bits of an int. */
  public static ColumnCodec<Integer> uint32() {
    return ints(false);
  }

  /** int64. */
  public static ColumnCodec<Long> int64() {
    return longs(new ArrowType.Int(64, true));
  }

  /** uint64, as the bits of a long. */
  public static ColumnCodec<Long> uint64() {
    return longs(new ArrowType.Int(64, false));
  }

  /** float16: the nearest half float. */
  public static ColumnCodec<Float> float16() {
    return new FixedWidthCodec<>(
        new ArrowType.FloatingPoint(FloatingPointPrecision.HALF),
        (data, row, value) -> data.setShort((long) row * Short.BYTES, HalfFloats.encode(value)),
        (data, row) -> Float16.toFloat(data.getShort((long) row * Short.BYTES)));
  }

  /** float32. */
  public static ColumnCodec<Float> float32() {
    return new FixedWidthCodec<>(
        new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE),
        (data, row, value) -> data.setFloat((long) row * Float.BYTES, value),
        (data, row) -> data.getFloat((long) row * Float.BYTES));
  }

  /** float64. */
  public static ColumnCodec<Double> float64() {
    return new FixedWidthCodec<>(
        new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
        (data, row, value) -> data.setDouble((long) row * Double.BYTES, value),
        (data, row) -> data.getDouble((long) row * Double.BYTES));
  }

  /** utf8. */
  public static ColumnCodec<String> text() {
    return TEXT;
  }

  /** utf8: the constant's name. */
  public static <E extends Enum<E>> ColumnCodec<E> enumOf(Class<E> type) {
    return new VariableWidthCodec<>(
        ArrowType.Utf8.INSTANCE,
        constant -> constant.name().getBytes(StandardCharsets.UTF_8),
        bytes -> Text.constantOf(type, new String(bytes, StandardCharsets.UTF_8)));
  }

  /** binary. */
  public static ColumnCodec<byte[]> binary() {
    return BINARY;
  }

  /** Fixed-size binary. */
  public static ColumnCodec<byte[]> fixedBinary(int size) {
    return new FixedWidthCodec<>(
        new ArrowType.FixedSizeBinary(size),
        (data, row, value) -> {
          if (value.length != size) {
            throw new IllegalArgumentException("has " + value.length + " bytes, not " + size);
          }
          data.setBytes((long) row * size, value);
        },
        (data, row) -> {
          byte[] bytes = new byte[size];
          data.getBytes((long) row * size, bytes);
          return bytes;
        });
  }

  /** Fixed-size binary of 16 bytes, most significant first. */
  public static ColumnCodec<UUID> uuid() {
    return new FixedWidthCodec<>(
        new ArrowType.FixedSizeBinary(2 * Long.BYTES),
        (data, row, value) -> {
          long offset = (long) row * 2 * Long.BYTES;
          // Arrow's buffers are little-endian.
          data.setLong(offset, Long.reverseBytes(value.getMostSignificantBits()));
          data.setLong(offset + Long.BYTES, Long.reverseBytes(value.getLeastSignificantBits()));
        },
        (data, row) -> {
          long offset = (long) row * 2 * Long.BYTES;
          return new UUID(
              Long.reverseBytes(data.getLong(offset)),
              Long.reverseBytes(data.getLong(offset + Long.BYTES)));
        });
  }

  /**
   * decimal128, or decimal256 from 39 digits on.
   *
   * @param precision digits in all, 1 to 76
   * @param scale digits after the point
   */
  public static ColumnCodec<BigDecimal> decimal(int precision, int scale) {
    return Decimals.codec(precision, scale);
  }

  /** date32. */
  public static ColumnCodec<LocalDate> date() {
    return new FixedWidthCodec<>(
        new ArrowType.Date(DateUnit.DAY),
        (data, row, value) -> data.setInt((long) row * Integer.BYTES, Temporals.days(value)),
        (data, row) -> LocalDate.ofEpochDay(data.getInt((long) row * Integer.BYTES)));
  }

  /** time64 in microseconds. */
  public static ColumnCodec<LocalTime> time() {
    return micros(
        new ArrowType.Time(TimeUnit.MICROSECOND, 64), Temporals::micros, Temporals::timeOf);
  }

  /** Timestamp in microseconds, UTC. */
  public static ColumnCodec<Instant> instant() {
    return micros(
        new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"),
        Temporals::micros,
        Temporals::instantOf);
  }

  /** Timestamp in microseconds, without a zone. */
  public static ColumnCodec<LocalDateTime> dateTime() {
    return micros(
        new ArrowType.Timestamp(TimeUnit.MICROSECOND, null),
        Temporals::micros,
        Temporals::dateTimeOf);
  }

  /** Duration in microseconds. */
  public static ColumnCodec<Duration> duration() {
    return micros(
        new ArrowType.Duration(TimeUnit.MICROSECOND), Temporals::micros, Temporals::durationOf);
  }

  /** Lists of any length, without null elements. */
  public static <E> ColumnCodec<List<E>> listOf(ColumnCodec<E> element) {
    return new ListCodec<>(element, false);
  }

  /** Lists of any length, whose elements may be null. */
  public static <E> ColumnCodec<List<E>> listOfNullable(ColumnCodec<E> element) {
    return new ListCodec<>(element, true);
  }

  /** Maps without null values, read in the order in which they were written. */
  public static <K, V> ColumnCodec<Map<K, V>> mapOf(ColumnCodec<K> key, ColumnCodec<V> value) {
    return new MapCodec<>(key, value, false);
  }

  /** Maps whose values may be null. */
  public static <K, V> ColumnCodec<Map<K, V>> mapOfNullable(
      ColumnCodec<K> key, ColumnCodec<V> value) {
    return new MapCodec<>(key, value, true);
  }

  /**
   * Structs.
   *
   * @param converter the inner record's generated converter
   */
  public static <R extends Record> ColumnCodec<R> structOf(ArrowRecordConverter<R> converter) {
    if (converter instanceof GeneratedConverter<R> generated) {
      return new StructCodec<>(generated);
    }
    throw new IllegalArgumentException(
        converter.getClass().getName() + " was not generated by the annotation processor");
  }

  /** Lists of any length, in an array of primitives. */
  public static <A> ColumnCodec<A> arrayOf(ArrayElements<A> elements) {
    return new ArrayCodec<>(elements);
  }

  /** Fixed-size lists, in an array of primitives. */
  public static <A> ColumnCodec<A> arrayOf(ArrayElements<A> elements, int size) {
    return new FixedSizeArrayCodec<>(elements, size);
  }

  private static ColumnCodec<Byte> bytes(boolean signed) {
    return new FixedWidthCodec<>(
        new ArrowType.Int(8, signed),
        (data, row, value) -> data.setByte(row, value),
        (data, row) -> data.getByte(row));
  }

  private static ColumnCodec<Short> shorts(boolean signed) {
    return new FixedWidthCodec<>(
        new ArrowType.Int(16, signed),
        (data, row, value) -> data.setShort((long) row * Short.BYTES, value),
        (data, row) -> data.getShort((long) row * Short.BYTES));
  }

  private static ColumnCodec<Integer> ints(boolean signed) {
    return new FixedWidthCodec<>(
        new ArrowType.Int(32, signed),
        (data, row, value) -> data.setInt((long) row * Integer.BYTES, value),
        (data, row) -> data.getInt((long) row * Integer.BYTES));
  }

  private static ColumnCodec<Long> longs(ArrowType type) {
    return new FixedWidthCodec<>(
        type,
        (data, row, value) -> data.setLong((long) row * Long.BYTES, value),
        (data, row) -> data.getLong((long) row * Long.BYTES));
  }

  private static <T> ColumnCodec<T> micros(
      ArrowType type, Temporals.ToMicros<T> encode, Temporals.OfMicros<T> decode) {
    return new FixedWidthCodec<>(
        type,
        (data, row, value) -> data.setLong((long) row * Long.BYTES, encode.micros(value)),
        (data, row) -> decode.of(data.getLong((long) row * Long.BYTES)));
  }
}
