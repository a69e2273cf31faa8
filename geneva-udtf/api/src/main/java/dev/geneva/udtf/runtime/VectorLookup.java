package dev.geneva.udtf.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Finds the vectors of a record's columns by name, and checks that they have its types. */
final class VectorLookup {

  private VectorLookup() {}

  /**
   * Finds vectors.
   *
   * @param expected the columns
   * @param vectors where to look, in any order
   * @param owner whose columns they are, for messages
   * @return one vector for each column, in order
   * @throws IllegalArgumentException if one is missing or has another type
   */
  static List<FieldVector> find(List<Field> expected, List<FieldVector> vectors, String owner) {
    Map<String, FieldVector> byName = new HashMap<>();
    for (FieldVector vector : vectors) {
      byName.putIfAbsent(vector.getName(), vector);
    }
    List<FieldVector> found = new ArrayList<>(expected.size());
    for (Field column : expected) {
      FieldVector vector = byName.get(column.getName());
      if (vector == null) {
        throw new IllegalArgumentException(
            "no column '%s', which %s needs; there are %s"
                .formatted(
                    column.getName(),
                    owner,
                    vectors.stream().map(present -> "'" + present.getName() + "'").toList()));
      }
      if (!sameType(column, vector.getField())) {
        throw new IllegalArgumentException(
            "column '%s' is %s, but %s needs %s"
                .formatted(column.getName(), typeOf(vector.getField()), owner, typeOf(column)));
      }
      found.add(vector);
    }
    return found;
  }

  /**
   * Whether two fields hold the same values. Nullability doesn't count, nor the names of a list's
   * children, on which writers don't agree; a struct's children are found by name.
   */
  private static boolean sameType(Field expected, Field actual) {
    if (!expected.getType().equals(actual.getType())) {
      return false;
    }
    List<Field> children = expected.getChildren();
    List<Field> others = actual.getChildren();
    if (expected.getType() instanceof ArrowType.Struct) {
      return children.stream()
          .allMatch(
              child ->
                  others.stream()
                      .filter(other -> other.getName().equals(child.getName()))
                      .findFirst()
                      .map(other -> sameType(child, other))
                      .orElse(false));
    }
    if (expected.getType() instanceof ArrowType.Map) {
      return sameEntries(children.get(0), others.get(0));
    }
    if (children.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < children.size(); i++) {
      if (!sameType(children.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** A map's key and value are told apart by place, since writers name them differently. */
  private static boolean sameEntries(Field expected, Field actual) {
    return actual.getChildren().size() == 2
        && sameType(expected.getChildren().get(0), actual.getChildren().get(0))
        && sameType(expected.getChildren().get(1), actual.getChildren().get(1));
  }

  private static String typeOf(Field field) {
    if (field.getChildren().isEmpty()) {
      return field.getType().toString();
    }
    return field.getType()
        + field.getChildren().stream()
            .map(
                child ->
                    field.getType() instanceof ArrowType.Struct
                        ? child.getName() + ": " + typeOf(child)
                        : typeOf(child))
            .toList()
            .toString();
  }
}
