package dev.geneva.internal.arrow;

import dev.geneva.SchemaMismatchException;
import dev.geneva.internal.text.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Compares schemas, and batches with schemas. */
public final class Schemas {

  private Schemas() {}

  /** The same columns without the schema's metadata. */
  public static Schema withoutMetadata(Schema schema) {
    return new Schema(schema.getFields());
  }

  /** The names of the columns, in order. */
  public static List<String> names(Schema schema) {
    return schema.getFields().stream().map(Field::getName).toList();
  }

  /** Whether the columns are the same, up to the fields' metadata. */
  public static boolean sameColumns(Schema a, Schema b) {
    return bare(a.getFields()).equals(bare(b.getFields()));
  }

  /**
   * Checks a batch: the number, order, names and types of its columns, and that a non-null column
   * holds no null. A nullable vector without nulls will do for a non-null column.
   *
   * @param where begins the message, such as {@code "Batch 3 of dedupe"}
   * @throws SchemaMismatchException naming the column, what was expected and what was there
   */
  public static void check(String where, Schema expected, VectorSchemaRoot batch) {
    checkColumns(where, expected, batch.getSchema());
    for (int i = 0; i < expected.getFields().size(); i++) {
      checkNulls(where, expected.getFields().get(i), batch.getVector(i), batch.getRowCount());
    }
  }

  /** Checks a batch's columns, without looking at its rows. Fails as {@link #check}. */
  public static void checkColumns(String where, Schema expected, Schema actual) {
    List<Field> wanted = expected.getFields();
    List<Field> there = actual.getFields();
    for (int i = 0; i < Math.min(wanted.size(), there.size()); i++) {
      if (!wanted.get(i).getName().equals(there.get(i).getName())) {
        throw new SchemaMismatchException(
            "%s: column %d must be '%s', not '%s'%s"
                .formatted(
                    where,
                    i + 1,
                    wanted.get(i).getName(),
                    there.get(i).getName(),
                    names(actual).contains(wanted.get(i).getName())
                        ? "; the columns are in another order."
                        : Suggestion.among(names(expected), there.get(i).getName())));
      }
      checkType(where, wanted.get(i), there.get(i));
    }
    if (wanted.size() != there.size()) {
      throw new SchemaMismatchException(
          "%s: must have %d columns %s, not %d %s."
              .formatted(where, wanted.size(), names(expected), there.size(), names(actual)));
    }
  }

  /**
   * The fields of a schema by which another one's columns are read, each looked up by name.
   *
   * @throws SchemaMismatchException if one is missing or of another type
   */
  public static void checkReadable(String where, Schema wanted, Schema source) {
    for (Field field : wanted.getFields()) {
      Optional<Field> found =
          source.getFields().stream().filter(f -> f.getName().equals(field.getName())).findFirst();
      if (found.isEmpty()) {
        throw new SchemaMismatchException(
            where
                + ": no column '"
                + field.getName()
                + "'"
                + Suggestion.among(names(source), field.getName()));
      }
      checkType(where, field, found.get());
    }
  }

  private static void checkType(String where, Field expected, Field actual) {
    if (!sameType(expected, actual)) {
      throw new SchemaMismatchException(
          "%s: column '%s' must be %s, not %s."
              .formatted(where, expected.getName(), type(expected), type(actual)));
    }
  }

  private static boolean sameType(Field expected, Field actual) {
    if (!expected.getType().equals(actual.getType())
        || (expected.getDictionary() == null) != (actual.getDictionary() == null)
        || expected.getChildren().size() != actual.getChildren().size()) {
      return false;
    }
    boolean struct =
        expected.getType() instanceof org.apache.arrow.vector.types.pojo.ArrowType.Struct;
    for (int i = 0; i < expected.getChildren().size(); i++) {
      Field wanted = expected.getChildren().get(i);
      Field there = actual.getChildren().get(i);
      // The name of a list's element is a convention that differs between libraries.
      if ((struct && !wanted.getName().equals(there.getName())) || !sameType(wanted, there)) {
        return false;
      }
    }
    return true;
  }

  private static void checkNulls(String where, Field field, FieldVector vector, int rows) {
    if (vector.getValueCount() < rows) {
      throw new SchemaMismatchException(
          "%s: column '%s' has %d values, but the batch has %d rows."
              .formatted(where, field.getName(), vector.getValueCount(), rows));
    }
    if (!field.isNullable() && vector.getNullCount() > 0) {
      int row = 0;
      while (row < rows && !vector.isNull(row)) {
        row++;
      }
      if (row < rows) {
        throw new SchemaMismatchException(
            "%s: column '%s' must not be null, but row %d is."
                .formatted(where, field.getName(), row));
      }
    }
  }

  /** A column's type as people read it. */
  public static String type(Field field) {
    String children =
        field.getChildren().isEmpty()
            ? ""
            : "<"
                + String.join(", ", field.getChildren().stream().map(Schemas::type).toList())
                + ">";
    return (field.getDictionary() == null ? "" : "dictionary of ") + field.getType() + children;
  }

  private static List<Field> bare(List<Field> fields) {
    UnaryOperator<Field> bare =
        field ->
            new Field(
                field.getName(),
                new org.apache.arrow.vector.types.pojo.FieldType(
                    field.isNullable(), field.getType(), field.getDictionary(), Map.of()),
                bare(field.getChildren()));
    return fields.stream().map(bare).toList();
  }
}
