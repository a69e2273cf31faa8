package dev.geneva.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table whose columns have names that need care.
 *
 * @param values by column, as {@link #read} gives them
 */
record OddRow(Map<String, @Nullable Object> values) {

  private static final ArrowType INT32 = new ArrowType.Int(32, true);

  static final Schema SCHEMA =
      new Schema(
          List.of(
              new Field("id", FieldType.notNullable(new ArrowType.Int(64, true)), null),
              Field.nullable("my col", INT32),
              Field.nullable("UPPER", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
              Field.nullable("select", ArrowType.Utf8.INSTANCE),
              Field.nullable("it's-\"big\"", new ArrowType.Int(64, false)),
              Field.nullable("größe", new ArrowType.Int(32, false)),
              Field.nullable("tiny", new ArrowType.Int(8, false)),
              new Field(
                  "st",
                  FieldType.nullable(ArrowType.Struct.INSTANCE),
                  List.of(
                      Field.nullable("x", INT32),
                      Field.nullable("a.b", INT32),
                      Field.nullable("Key", ArrowType.Utf8.INSTANCE))),
              new Field(
                  "v",
                  FieldType.nullable(new ArrowType.FixedSizeList(2)),
                  List.of(
                      Field.nullable(
                          "item", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)))),
              Field.nullable("price", new ArrowType.Decimal(10, 2, 128)),
              Field.nullable("at", new ArrowType.Timestamp(TimeUnit.MICROSECOND, null)),
              Field.nullable("flag", ArrowType.Bool.INSTANCE)));

  static List<String> columns() {
    return SCHEMA.getFields().stream().map(Field::getName).toList();
  }

  long id() {
    return (Long) java.util.Objects.requireNonNull(values.get("id"));
  }

  @Nullable Object value(String column) {
    return values.get(column);
  }

  /** A field of the struct; null if either is. */
  @Nullable Object inStruct(String field) {
    return values.get("st") instanceof Map<?, ?> struct ? struct.get(field) : null;
  }

  /** A root that the caller closes. */
  static VectorSchemaRoot root(BufferAllocator allocator, List<OddRow> rows) {
    VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
    root.allocateNew();
    for (FieldVector vector : root.getFieldVectors()) {
      for (int row = 0; row < rows.size(); row++) {
        set(vector, row, rows.get(row).value(vector.getName()));
      }
      vector.setValueCount(rows.size());
    }
    root.setRowCount(rows.size());
    return root;
  }

  private static void set(FieldVector vector, int row, @Nullable Object value) {
    if (vector instanceof StructVector struct) {
      for (FieldVector child : struct.getChildrenFromFields()) {
        set(child, row, value instanceof Map<?, ?> map ? map.get(child.getName()) : null);
      }
    } else if (vector instanceof FixedSizeListVector list) {
      Float4Vector items = (Float4Vector) list.getDataVector();
      for (int i = 0; i < 2; i++) {
        items.setSafe(row * 2 + i, value instanceof List<?> pair ? (Float) pair.get(i) : 0f);
      }
    }
    if (value == null) {
      vector.setNull(row);
    } else {
      setValue(vector, row, value);
    }
  }

  private static void setValue(FieldVector vector, int row, Object value) {
    if (vector instanceof BigIntVector longs) {
      longs.setSafe(row, (Long) value);
    } else if (vector instanceof IntVector ints) {
      ints.setSafe(row, (Integer) value);
    } else if (vector instanceof UInt8Vector unsigned) {
      unsigned.setSafe(row, (Long) value);
    } else if (vector instanceof UInt4Vector unsigned) {
      unsigned.setSafe(row, (Integer) value);
    } else if (vector instanceof UInt1Vector unsigned) {
      unsigned.setSafe(row, (Byte) value);
    } else if (vector instanceof Float8Vector doubles) {
      doubles.setSafe(row, (Double) value);
    } else if (vector instanceof VarCharVector texts) {
      texts.setSafe(row, value.toString().getBytes(UTF_8));
    } else if (vector instanceof BitVector booleans) {
      booleans.setSafe(row, (Boolean) value ? 1 : 0);
    } else if (vector instanceof DecimalVector decimals) {
      decimals.setSafe(row, (BigDecimal) value);
    } else if (vector instanceof TimeStampMicroVector times) {
      times.setSafe(row, (Long) value);
    } else if (vector instanceof StructVector struct) {
      struct.setIndexDefined(row);
    } else if (vector instanceof FixedSizeListVector list) {
      list.setNotNull(row);
    } else {
      throw new IllegalArgumentException("No values for " + vector.getField());
    }
  }

  /** A row of any root as plain values. */
  static List<@Nullable Object> read(VectorSchemaRoot root, int row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (FieldVector vector : root.getFieldVectors()) {
      values.add(read(vector, row));
    }
    return values;
  }

  private static @Nullable Object read(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    if (vector instanceof StructVector struct) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      struct
          .getChildrenFromFields()
          .forEach(child -> fields.put(child.getName(), read(child, row)));
      // Lance (7.0.0) may read a null struct as one of nulls, if a batch holds no other.
      return fields.values().stream().allMatch(java.util.Objects::isNull) ? null : fields;
    }
    if (vector instanceof FixedSizeListVector list) {
      Float4Vector items = (Float4Vector) list.getDataVector();
      return List.of(items.get(row * 2), items.get(row * 2 + 1));
    }
    if (vector instanceof TimeStampMicroVector times) {
      return times.get(row);
    }
    Object value = vector.getObject(row);
    return vector instanceof VarCharVector ? value.toString() : value;
  }
}
