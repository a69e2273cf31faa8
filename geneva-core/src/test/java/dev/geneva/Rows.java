package dev.geneva;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Rows as plain lists, to Arrow and back. */
final class Rows {

  static final ArrowType INT64 = new ArrowType.Int(64, true);
  static final ArrowType INT32 = new ArrowType.Int(32, true);
  static final ArrowType FLOAT64 = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
  static final ArrowType TEXT = new ArrowType.Utf8();

  static final Field ID = required("id", INT64);
  static final Field NAME = optional("name", TEXT);
  static final Field SCORE = required("score", FLOAT64);

  /** The columns of {@link Item}. */
  static final Schema ITEM = new Schema(List.of(ID, NAME, SCORE));

  private Rows() {}

  static Field required(String name, ArrowType type) {
    return new Field(name, FieldType.notNullable(type), null);
  }

  static Field optional(String name, ArrowType type) {
    return new Field(name, FieldType.nullable(type), null);
  }

  static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  /** The values of an item, in the order of {@link #ITEM}. */
  static List<@Nullable Object> row(Item item) {
    return row(item.id(), item.name(), item.score());
  }

  /** A root that the caller closes. */
  static VectorSchemaRoot root(
      BufferAllocator allocator, Schema schema, List<? extends List<?>> rows) {
    VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
    fill(root, rows);
    return root;
  }

  /** A root of items that the caller closes. */
  static VectorSchemaRoot root(BufferAllocator allocator, List<Item> items) {
    return root(allocator, ITEM, items.stream().map(Rows::row).toList());
  }

  /** Replaces a root's rows. */
  static void fill(VectorSchemaRoot root, List<? extends List<?>> rows) {
    root.allocateNew();
    for (int column = 0; column < root.getFieldVectors().size(); column++) {
      for (int row = 0; row < rows.size(); row++) {
        set(root.getVector(column), row, rows.get(row).get(column));
      }
    }
    root.setRowCount(rows.size());
  }

  private static void set(FieldVector vector, int row, @Nullable Object value) {
    if (value == null) {
      vector.setNull(row);
    } else if (vector instanceof BigIntVector longs) {
      longs.setSafe(row, ((Number) value).longValue());
    } else if (vector instanceof IntVector ints) {
      ints.setSafe(row, ((Number) value).intValue());
    } else if (vector instanceof Float8Vector doubles) {
      doubles.setSafe(row, ((Number) value).doubleValue());
    } else if (vector instanceof VarCharVector texts) {
      texts.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
    } else {
      throw new IllegalArgumentException("No values for " + vector.getField());
    }
  }

  /** The rows of a root, text as {@link String}. */
  static List<List<@Nullable Object>> of(VectorSchemaRoot root) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int row = 0; row < root.getRowCount(); row++) {
      List<@Nullable Object> values = new ArrayList<>();
      for (FieldVector vector : root.getFieldVectors()) {
        Object value = vector.getObject(row);
        values.add(vector instanceof VarCharVector && value != null ? value.toString() : value);
      }
      rows.add(values);
    }
    return rows;
  }

  /** All rows that a reader still has; closes it. */
  static List<List<@Nullable Object>> of(ArrowReader reader) {
    try (reader) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (reader.loadNextBatch()) {
        rows.addAll(of(reader.getVectorSchemaRoot()));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a query. */
  static List<List<@Nullable Object>> of(Query query) {
    return of(query.toBatches(1000));
  }

  /** The rows of a table or view of items. */
  static List<Item> items(Relation relation) {
    return relation.search().records(Item.class).toList();
  }
}
