package dev.geneva.udtf.runtime;

import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * How values of one Java type lie in an Arrow vector; made by {@link Codecs}. Immutable and
 * thread-safe. Whether a column is nullable is the column's business, not the codec's.
 *
 * @param <T> the values' Java type
 */
public abstract class ColumnCodec<T> {

  private final ArrowType type;
  private final List<Field> children;

  ColumnCodec(ArrowType type, List<Field> children) {
    this.type = type;
    this.children = List.copyOf(children);
  }

  ColumnCodec(ArrowType type) {
    this(type, List.of());
  }

  final Field field(String name, boolean nullable) {
    return new Field(name, new FieldType(nullable, type, null), children);
  }

  /**
   * Replaces a vector's content.
   *
   * @param values one for each row
   * @param nullable whether null is a value
   * @param mask where null is no error even if it is no value
   * @throws InvalidValueException for a value that doesn't fit
   */
  abstract void write(
      List<? extends @Nullable T> values, boolean nullable, Mask mask, FieldVector vector);

  /**
   * Reads a vector's values.
   *
   * @param vector a vector of this type
   */
  final ColumnReader<T> reader(FieldVector vector, boolean nullable) {
    ColumnReader<T> present = presentReader(vector);
    return row -> {
      if (vector.isNull(row)) {
        if (nullable) {
          return null;
        }
        throw InvalidValueException.forNull(vector, row);
      }
      return present.read(row);
    };
  }

  /** Reads the rows that aren't null. */
  abstract ColumnReader<T> presentReader(FieldVector vector);
}
