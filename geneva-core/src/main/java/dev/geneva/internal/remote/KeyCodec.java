package dev.geneva.internal.remote;

import dev.geneva.udtf.PartitionKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keys of partitions as plain values that survive JSON with their types. */
public final class KeyCodec {

  private static final List<Type<?>> TYPES =
      List.of(
          new Type<>("string", String.class, text -> text, text -> text),
          new Type<>("int64", Long.class, Object::toString, Long::valueOf),
          new Type<>("int32", Integer.class, Object::toString, Integer::valueOf),
          new Type<>("int16", Short.class, Object::toString, Short::valueOf),
          new Type<>("int8", Byte.class, Object::toString, Byte::valueOf),
          new Type<>(
              "uint16",
              Character.class,
              value -> Integer.toString(value),
              text -> (char) Integer.parseInt(text)),
          new Type<>("boolean", Boolean.class, Object::toString, Boolean::valueOf),
          new Type<>("float64", Double.class, Object::toString, Double::valueOf),
          new Type<>("float32", Float.class, Object::toString, Float::valueOf),
          new Type<>("decimal", BigDecimal.class, Object::toString, BigDecimal::new),
          new Type<>("integer", BigInteger.class, Object::toString, BigInteger::new),
          new Type<>("timestamp", LocalDateTime.class, Object::toString, LocalDateTime::parse),
          new Type<>("date", LocalDate.class, Object::toString, LocalDate::parse),
          new Type<>("time", LocalTime.class, Object::toString, LocalTime::parse),
          new Type<>("duration", Duration.class, Object::toString, Duration::parse),
          new Type<>(
              "binary",
              byte[].class,
              Base64.getEncoder()::encodeToString,
              Base64.getDecoder()::decode));

  private KeyCodec() {}

  /** A type of key values, by the Java class that Arrow's {@code getObject} gives. */
  private record Type<T>(
      String name, Class<T> type, Function<T, String> write, Function<String, T> read) {
    String text(Object value) {
      return write.apply(type.cast(value));
    }
  }

  /**
   * A key in plain values.
   *
   * @param kind which of the three kinds
   * @param column the column
   * @param type the type of the value; null for the partition of NULL and other kinds
   * @param value the value as text
   * @param ordinal the index partition's number
   */
  public record PlainKey(
      String kind,
      String column,
      @Nullable String type,
      @Nullable String value,
      @Nullable Integer ordinal) {}

  /**
   * Takes a key apart.
   *
   * @throws IllegalArgumentException if its value is of a type that no column has
   */
  public static PlainKey plain(PartitionKey key) {
    if (key instanceof PartitionKey.IndexPartition index) {
      return new PlainKey("index", index.column(), null, null, index.ordinal());
    }
    if (key instanceof PartitionKey.Unindexable unindexable) {
      return new PlainKey("unindexable", unindexable.column(), null, null, null);
    }
    Object value = ((PartitionKey.Value) key).value();
    if (value == null) {
      return new PlainKey("value", key.column(), null, null, null);
    }
    for (Type<?> type : TYPES) {
      if (type.type().isInstance(value)) {
        return new PlainKey("value", key.column(), type.name(), type.text(value), null);
      }
    }
    throw new IllegalArgumentException("No key is a " + value.getClass().getName());
  }

  /**
   * Puts a key together.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static PartitionKey key(PlainKey plain) {
    return switch (plain.kind()) {
      case "index" -> {
        if (plain.ordinal() == null) {
          throw new IllegalArgumentException("An index partition without its number");
        }
        yield new PartitionKey.IndexPartition(plain.column(), plain.ordinal());
      }
      case "unindexable" -> new PartitionKey.Unindexable(plain.column());
      case "value" -> new PartitionKey.Value(plain.column(), value(plain));
      default -> throw new IllegalArgumentException("No kind of key: " + plain.kind());
    };
  }

  private static @Nullable Object value(PlainKey plain) {
    String text = plain.value();
    if (text == null) {
      return null;
    }
    for (Type<?> type : TYPES) {
      if (type.name().equals(plain.type())) {
        return type.read().apply(text);
      }
    }
    throw new IllegalArgumentException("No type of key: " + plain.type());
  }
}
