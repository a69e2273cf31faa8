package dev.geneva;

import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A connection to a database of its own for each test. Closing it throws if the library has memory
 * left, and so does closing the test's allocator.
 */
abstract class DatabaseTest {

  @TempDir Path folder;
  Path database;
  Connection connection;

  /** Foreign to the library, as an application's would be. */
  final BufferAllocator allocator = new RootAllocator();

  @BeforeEach
  void connect() {
    database = folder.resolve("db");
    connection = Geneva.connect(database.toString());
  }

  @AfterEach
  void close() {
    connection.close();
    allocator.close();
  }

  /** A table of items. */
  Table items(String name, long from, long to) {
    return connection.createTable(name, Item.class, Item.range(from, to));
  }

  /** The rows of the items in a range. */
  static List<List<Object>> rows(long from, long to) {
    return Item.range(from, to).stream().map(Rows::row).toList();
  }
}
