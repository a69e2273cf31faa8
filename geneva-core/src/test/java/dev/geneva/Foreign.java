package dev.geneva;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.lance.CommitBuilder;
import org.lance.Dataset;
import org.lance.Transaction;
import org.lance.WriteParams.WriteMode;
import org.lance.index.IndexOptions;
import org.lance.index.IndexParams;
import org.lance.index.IndexType;
import org.lance.index.scalar.ScalarIndexParams;
import org.lance.operation.UpdateConfig;
import org.lance.operation.UpdateMap;
import org.lance.schema.SqlExpressions;

/** Another program at work on a table or view, straight through Lance. */
final class Foreign {

  private final Path database;

  Foreign(Path database) {
    this.database = database;
  }

  void change(String table, Consumer<Dataset> change) {
    try (BufferAllocator allocator = new RootAllocator();
        Dataset dataset = Dataset.open().allocator(allocator).uri(uri(table)).build()) {
      change.accept(dataset);
    }
  }

  void buildIndex(String table, String column) {
    IndexParams parameters =
        IndexParams.builder().setScalarIndexParams(ScalarIndexParams.create("btree")).build();
    change(
        table,
        dataset ->
            dataset.createIndex(
                IndexOptions.builder(List.of(column), IndexType.BTREE, parameters).build()));
  }

  void compact(String table) {
    change(table, Dataset::compact);
  }

  void setConfig(String table, String key, String value) {
    change(table, dataset -> updateConfig(dataset, Map.of(key, value), false));
  }

  /** Takes all keys away but one. */
  void replaceConfig(String table, String key, String value) {
    change(table, dataset -> updateConfig(dataset, Map.of(key, value), true));
  }

  private static void updateConfig(Dataset dataset, Map<String, String> values, boolean replace) {
    UpdateConfig update =
        new UpdateConfig.Builder()
            .configUpdates(UpdateMap.builder().updates(values).replace(replace).build())
            .build();
    try (Transaction transaction =
        new Transaction.Builder().readVersion(dataset.version()).operation(update).build()) {
      new CommitBuilder(dataset).execute(transaction).close();
    }
  }

  void addColumn(String table, String column, String sql) {
    change(
        table,
        dataset ->
            dataset.addColumns(
                new SqlExpressions.Builder().withExpression(column, sql).build(),
                Optional.empty()));
  }

  /** Adds rows, or replaces all. */
  void write(String table, WriteMode mode, long from, long to) {
    try (BufferAllocator allocator = new RootAllocator()) {
      Dataset.write()
          .allocator(allocator)
          .reader(new BatchSource(allocator, Rows.ITEM, BatchSource.items(from, to)))
          .uri(uri(table))
          .mode(mode)
          .execute()
          .close();
    }
  }

  void drop(String table) {
    Dataset.drop(uri(table), Map.of());
  }

  private String uri(String table) {
    return database.resolve(table + ".lance").toString();
  }
}
