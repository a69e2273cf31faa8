package dev.geneva.internal.plan;

import dev.geneva.internal.query.QueryScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * How much memory a row takes.
 *
 * @param bytes about; at least 1
 * @param reason how that is known, for people
 */
public record RowWidth(long bytes, String reason) {

  /** Rows that are looked at, if the columns don't tell. */
  public static final int SAMPLE = 1024;

  /**
   * Finds it out.
   *
   * @param sample the query, with {@link #SAMPLE} rows at the most; read only if a column's values
   *     have no fixed width
   */
  public static RowWidth of(QueryScan sample, BufferAllocator allocator) {
    OptionalLong bits = bits(sample.schema());
    return bits.isPresent()
        ? new RowWidth(Math.max(1, (bits.getAsLong() + 7) / 8), "by the types of the columns")
        : sampled(sample, allocator);
  }

  private static RowWidth sampled(QueryScan sample, BufferAllocator allocator) {
    try (ArrowReader rows = sample.batches(SAMPLE, allocator)) {
      if (!rows.loadNextBatch() || rows.getVectorSchemaRoot().getRowCount() == 0) {
        return new RowWidth(1, "as there is none");
      }
      VectorSchemaRoot root = rows.getVectorSchemaRoot();
      int count = root.getRowCount();
      long bytes = root.getFieldVectors().stream().mapToLong(FieldVector::getBufferSize).sum();
      return new RowWidth(
          Math.max(1, bytes / count),
          String.format(Locale.ROOT, "as in a sample of the first %,d", count));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OptionalLong bits(Schema schema) {
    return schema.getFields().isEmpty() ? OptionalLong.empty() : bits(schema.getFields());
  }

  private static OptionalLong bits(List<Field> fields) {
    long sum = 0;
    for (Field field : fields) {
      OptionalLong bits = bits(field);
      if (bits.isEmpty()) {
        return bits;
      }
      sum += bits.getAsLong();
    }
    return OptionalLong.of(sum);
  }

  /** A value's bits, and one that says whether it is null. */
  private static OptionalLong bits(Field field) {
    ArrowType type = field.getType();
    if (type instanceof ArrowType.FixedSizeList list) {
      OptionalLong items = bits(field.getChildren());
      return items.isEmpty() ? items : OptionalLong.of(1 + list.getListSize() * items.getAsLong());
    }
    if (type instanceof ArrowType.Struct) {
      return bits(field.getChildren());
    }
    if (type instanceof ArrowType.Bool) {
      return OptionalLong.of(2);
    }
    if (type instanceof ArrowType.Int whole) {
      return OptionalLong.of(1 + whole.getBitWidth());
    }
    if (type instanceof ArrowType.FloatingPoint number) {
      return OptionalLong.of(
          switch (number.getPrecision()) {
            case HALF -> 17;
            case SINGLE -> 33;
            case DOUBLE -> 65;
          });
    }
    if (type instanceof ArrowType.Date || type instanceof ArrowType.Time) {
      return OptionalLong.of(65);
    }
    if (type instanceof ArrowType.Timestamp || type instanceof ArrowType.Duration) {
      return OptionalLong.of(65);
    }
    if (type instanceof ArrowType.FixedSizeBinary binary) {
      return OptionalLong.of(1 + 8L * binary.getByteWidth());
    }
    return type instanceof ArrowType.Decimal decimal
        ? OptionalLong.of(1 + decimal.getBitWidth())
        : OptionalLong.empty();
  }
}
