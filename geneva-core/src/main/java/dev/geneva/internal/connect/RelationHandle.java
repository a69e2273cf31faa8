package dev.geneva.internal.connect;

import dev.geneva.Query;
import dev.geneva.internal.arrow.Schemas;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.query.QuerySpec;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** What tables and views have in common. It holds nothing open itself. */
abstract class RelationHandle {

  final Database database;
  final String name;
  final @Nullable Long pinned;

  /**
   * A relation of a database.
   *
   * @param pinned the version that calls see; null: the latest
   */
  RelationHandle(Database database, String name, @Nullable Long pinned) {
    this.database = database;
    this.name = name;
    this.pinned = pinned;
  }

  public final String name() {
    return name;
  }

  public final long version() {
    try (LanceDataset dataset = open()) {
      return dataset.version();
    }
  }

  public final Schema schema() {
    try (LanceDataset dataset = open()) {
      return Schemas.withoutMetadata(dataset.schema());
    }
  }

  public final long countRows() {
    try (LanceDataset dataset = open()) {
      return dataset.countRows(Optional.empty());
    }
  }

  public final Query search() {
    return new RelationQuery(database, QuerySpec.all(name, pinned));
  }

  /** The version that calls see; the caller closes it. */
  final LanceDataset open() {
    return database.at(QuerySpec.all(name, pinned));
  }
}
