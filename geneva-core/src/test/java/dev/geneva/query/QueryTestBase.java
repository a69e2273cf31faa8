package dev.geneva.query;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.Query;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A database of its own for each test. Closing it throws if memory is left. */
abstract class QueryTestBase {

  @TempDir Path folder;
  Connection connection;
  int views;

  @BeforeEach
  void connect() {
    connection = Geneva.builder(folder.resolve("db").toString()).syncToDisk(false).connect();
  }

  @AfterEach
  void close() {
    connection.close();
  }

  /** A table of fragments. */
  final Table table(String name, List<List<OddRow>> fragments) {
    try (RootAllocator allocator = new RootAllocator()) {
      for (int i = 0; i < fragments.size(); i++) {
        try (VectorSchemaRoot root = OddRow.root(allocator, fragments.get(i))) {
          if (i == 0) {
            connection.createTable(name, root);
          } else {
            connection.openTable(name).add(root);
          }
        }
      }
    }
    return connection.openTable(name);
  }

  static List<List<@Nullable Object>> read(Query query) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (ArrowReader reader = query.toBatches(1000)) {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        for (int row = 0; row < root.getRowCount(); row++) {
          rows.add(OddRow.read(root, row));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  /** What a function sees that runs over a query. */
  final List<String> seen(Query query) {
    UdtfView view = connection.createUdtfView("view" + ++views, query, new Show());
    view.refresh();
    return view.search().records(Shown.class).map(Shown::row).toList();
  }
}
