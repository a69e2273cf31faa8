package dev.geneva.udtf.runtime;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A record's column: its name, how its values are coded, and whether null is one. Immutable.
 *
 * @param <T> the component's type; the box of a primitive one
 */
public final class Column<T> {

  private final Field field;
  private final ColumnCodec<T> codec;

  private Column(String name, ColumnCodec<T> codec, boolean nullable) {
    this.field = codec.field(Objects.requireNonNull(name, "name"), nullable);
    this.codec = codec;
  }

  /** A column without nulls. */
  public static <T> Column<T> of(String name, ColumnCodec<T> codec) {
    return new Column<>(name, codec, false);
  }

  /** A column that may hold nulls. */
  public static <T> Column<T> nullable(String name, ColumnCodec<T> codec) {
    return new Column<>(name, codec, true);
  }

  /** The schema of columns, in this order. */
  public static Schema schemaOf(Column<?>... columns) {
    return new Schema(Stream.of(columns).map(column -> column.field).toList());
  }

  /**
   * Replaces a vector's content by values, one for each row.
   *
   * @param mask where null is no error in a non-null column
   */
  public void write(List<? extends @Nullable T> values, Mask mask, FieldVector vector) {
    codec.write(values, field.isNullable(), mask, vector);
  }

  /** Reads a vector's values. */
  public ColumnReader<T> reader(FieldVector vector) {
    return codec.reader(vector, field.isNullable());
  }
}
