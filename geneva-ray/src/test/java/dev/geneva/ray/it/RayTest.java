package dev.geneva.ray.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.RefreshOptions;
import dev.geneva.UdtfView;
import dev.geneva.udtf.BatchUdtf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A database of its own for each test; at the end, this process still hasn't loaded Ray. */
@EnabledIf("dev.geneva.ray.it.TwoNodes#isInstalled")
abstract class RayTest {

  @TempDir Path folder;
  Connection connection;

  @BeforeEach
  void connect() {
    connection = Geneva.connect(folder.resolve("db").toString());
  }

  @AfterEach
  void close() throws IOException {
    connection.close();
    assertThat(Files.readString(Path.of("/proc/self/maps")))
        .contains("libjvm.so")
        .as("Ray's native code in this process")
        .doesNotContain("core_worker_library");
  }

  /** A view of a table of items with the ids of a range, in so many groups. */
  UdtfView view(String name, int rows, int groups, BatchUdtf udtf) {
    connection.createTable(name + "_items", Item.class, Item.range(0, rows, groups));
    return connection.createUdtfView(name, connection.openTable(name + "_items").search(), udtf);
  }

  /** A view's rows, in their order. */
  static List<Item> items(UdtfView view) {
    return view.search().records(Item.class).toList();
  }

  /** What a view would hold that was refreshed in this process, in order. */
  List<Item> expected(UdtfView view, BatchUdtf udtf) {
    UdtfView local =
        connection.createUdtfView(
            view.name() + "_local", connection.openTable(view.name() + "_items").search(), udtf);
    local.refresh(RefreshOptions.builder().on(dev.geneva.LocalEngine.ofDefaults()).build());
    return items(local);
  }
}
