package dev.geneva.internal.query;

import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A column of a query's result.
 *
 * @param field its name and type in the result
 * @param path what Lance calls it, if it is stored; empty if it is computed
 */
record OutputColumn(Field field, Optional<String> path) {

  String name() {
    return field.getName();
  }

  boolean isComputed() {
    return path.isEmpty();
  }

  /** Whether it comes from Lance as it goes out. */
  boolean isPlain() {
    return path.equals(Optional.of(name()));
  }
}
