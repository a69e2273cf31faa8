package dev.geneva.examples.aggregation;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Looks up columns whose names are known only when the function runs. */
final class Columns {

  private Columns() {}

  /**
   * A column of a batch.
   *
   * @param type the vector that holds columns of the type wanted
   * @throws IllegalArgumentException if there is no such column, or it has another type
   */
  static <V extends FieldVector> V require(VectorSchemaRoot batch, String name, Class<V> type) {
    FieldVector column = batch.getVector(name);
    if (column == null) {
      throw new IllegalArgumentException(
          "there is no column '%s' among %s"
              .formatted(
                  name, batch.getSchema().getFields().stream().map(f -> f.getName()).toList()));
    }
    if (!type.isInstance(column)) {
      throw new IllegalArgumentException(
          "column '%s' must be read with a %s, but it is %s"
              .formatted(name, type.getSimpleName(), column.getField().getType()));
    }
    return type.cast(column);
  }
}
