package dev.geneva.internal.connect;

import dev.geneva.IndexDescription;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.Table;
import dev.geneva.VectorIndex;
import dev.geneva.internal.arrow.RecordBatches;
import dev.geneva.internal.arrow.Schemas;
import dev.geneva.internal.descriptor.Generated;
import dev.geneva.internal.lance.Indices;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.text.Predicates;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A table. It holds nothing open itself. */
final class TableHandle extends RelationHandle implements Table {

  TableHandle(Database database, String name, @Nullable Long pinned) {
    super(database, name, pinned);
  }

  @Override
  public Table at(long version) {
    TableHandle at = new TableHandle(database, name, version);
    at.open().close(); // so that a missing version is noticed here
    return at;
  }

  @Override
  public long add(VectorSchemaRoot rows) {
    return add(RowStream.of(rows, database.allocator()));
  }

  @Override
  public <R extends Record> long add(Class<R> type, Iterable<? extends R> rows) {
    return add(new RecordBatches<>(Generated.<R>converter(type), rows, database.allocator()));
  }

  @Override
  public long add(ArrowReader rows) {
    try (LanceDataset dataset = openToAdd(rows)) {
      Schema schema = Schemas.withoutMetadata(dataset.schema());
      return RowStream.write(
          "Rows for table '" + name + "'",
          Optional.of(schema),
          rows,
          database.allocator(),
          stream -> database.storage().append(dataset, stream));
    }
  }

  private LanceDataset openToAdd(ArrowReader rows) {
    try {
      requireLatest("add rows to");
      return open();
    } catch (RuntimeException e) {
      RowStream.closeBecauseOf(e, rows);
      throw e;
    }
  }

  @Override
  public long delete(String predicate) {
    requireLatest("delete rows from");
    String enclosed = Predicates.enclosed(predicate);
    try (LanceDataset dataset = open()) {
      return dataset.countRows(Optional.of(enclosed)) == 0
          ? dataset.version()
          : database.storage().delete(name, enclosed);
    }
  }

  @Override
  public IndexDescription createIvfFlatIndex(String column) {
    return createIndex(VectorIndex.ivfFlat(column).build());
  }

  @Override
  public IndexDescription createIvfFlatIndex(String column, int k) {
    return createIndex(VectorIndex.ivfFlat(column).partitions(k).build());
  }

  @Override
  public IndexDescription createIndex(VectorIndex index) {
    requireLatest("create an index of");
    try (LanceDataset dataset = database.storage().open(name, OptionalLong.empty())) {
      return Indices.of(dataset).create(index);
    }
  }

  @Override
  public List<IndexDescription> listIndices() {
    try (LanceDataset dataset = open()) {
      return Indices.of(dataset).list();
    }
  }

  @Override
  public long optimize() {
    requireLatest("optimize");
    try (LanceDataset dataset = database.storage().open(name, OptionalLong.empty())) {
      return Indices.of(dataset).optimize();
    }
  }

  private void requireLatest(String doing) {
    if (pinned != null) {
      throw new InvalidDefinitionException(
          "Can't " + doing + " '" + name + "' at version " + pinned + ": a version is final.");
    }
  }

  @Override
  public String toString() {
    return "table " + name + (pinned == null ? "" : " at version " + pinned);
  }
}
