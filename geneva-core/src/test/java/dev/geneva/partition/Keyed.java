package dev.geneva.partition;

import dev.geneva.Connection;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Tables with an id and a key, and what a view over them holds. */
final class Keyed {

  private Keyed() {}

  /** Writes the keys of all rows into a vector that is new. */
  @FunctionalInterface
  interface Keys {
    void write(FieldVector vector);
  }

  static Field key(String name, ArrowType type) {
    return new Field(name, FieldType.nullable(type), null);
  }

  /** A table of rows with the ids 0, 1, 2 … and keys. */
  static Table table(Connection connection, Field key, int rows, Keys keys) {
    Schema schema = new Schema(List.of(key("id", new ArrowType.Int(64, true)), key));
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      BigIntVector ids = (BigIntVector) root.getVector("id");
      for (int row = 0; row < rows; row++) {
        ids.setSafe(row, row);
      }
      root.getVector(1).setInitialCapacity(rows);
      root.getVector(1).allocateNew();
      keys.write(root.getVector(1));
      root.setRowCount(rows);
      return connection.createTable("source", root);
    }
  }

  /** The view's rows, in order, as {@code partition:id}. */
  static List<String> placed(UdtfView view) {
    List<String> placed = new ArrayList<>();
    view.search()
        .records(Partitioned.Placed.class)
        .forEach(row -> placed.add(row.partition() + ":" + row.id()));
    return placed;
  }
}
