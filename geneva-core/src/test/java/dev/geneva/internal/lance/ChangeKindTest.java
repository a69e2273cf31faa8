package dev.geneva.internal.lance;

import static dev.geneva.internal.lance.ChangeKind.ROWS_CHANGED;
import static dev.geneva.internal.lance.ChangeKind.ROWS_KEPT;
import static dev.geneva.internal.lance.ChangeKind.ROWS_MOVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.internal.fixture.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeKindTest {

  @TempDir Path folder;
  private TestDatabase database;

  @BeforeEach
  void createTable() {
    database = new TestDatabase(folder);
    database.create("t", 0, 10);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void creatingAppendingAndDeletingChangeRows() {
    assertThat(latest()).isEqualTo(ROWS_CHANGED);
    database.append("t", 10, 20);
    assertThat(latest()).isEqualTo(ROWS_CHANGED);
    database.raw("t").delete("id = 3");
    assertThat(latest()).isEqualTo(ROWS_CHANGED);
  }

  @Test
  void anIndexKeepsRows() {
    database.raw("t").createIndex("id");

    assertThat(latest()).isEqualTo(ROWS_KEPT);
  }

  @Test
  void theConfigurationKeepsRows() {
    database.raw("t").setConfig("a", "b");

    assertThat(latest()).isEqualTo(ROWS_KEPT);
  }

  @Test
  void compactionMovesRows() {
    database.append("t", 10, 20);
    database.raw("t").compact();

    assertThat(since(2)).containsExactly(ROWS_KEPT, ROWS_MOVED);
    assertThat(database.ids("t")).hasSize(20).isSorted();
  }

  @Test
  void compactionOfAnIndexedTableMovesRowsThoughLanceCannotDecodeIt() {
    database.append("t", 10, 20);
    database.raw("t").createIndex("id");
    database.raw("t").compact();

    assertThat(since(3)).containsExactly(ROWS_KEPT, ROWS_MOVED);
    try (LanceDataset compacted = database.open("t")) {
      // If this no longer throws, Lance has mended it, and what ChangeKind does about it can go.
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(compacted.dataset()::readTransaction))
          .isInstanceOf(RuntimeException.class)
          .hasMessageContaining("(Ljava/util/UUID;Ljava/util/UUID;Ljava/lang/String;[BII)V");
    }
  }

  @Test
  void compactionThatDropsDeletedRowsMovesRows() {
    database.append("t", 10, 20);
    database.raw("t").delete("id < 8");
    List<Long> before = database.ids("t");
    database.raw("t").compact();

    assertThat(latest()).isEqualTo(ROWS_MOVED);
    assertThat(database.ids("t")).isEqualTo(before);
  }

  @Test
  void columnsThatComeAndGoCountAsChangedRows() {
    database.raw("t").addColumn("twice", "id * 2");
    assertThat(latest()).isEqualTo(ROWS_CHANGED);
    database.raw("t").dropColumn("twice");
    assertThat(latest()).isEqualTo(ROWS_CHANGED);
  }

  @Test
  void aRestoredVersionCountsAsChangedRows() {
    database.raw("t").setConfig("a", "b");
    database.raw("t").restore(1);

    assertThat(latest()).isEqualTo(ROWS_CHANGED);
  }

  @Test
  void replacedRowsAreChangedRows() {
    try (LanceDataset dataset = database.open("t");
        LanceDataset replaced =
            database
                .storage()
                .overwrite(
                    dataset,
                    database.stage("t", 0, 10),
                    dataset.schema(),
                    java.util.Map.of("generation", "1"))) {
      assertThat(replaced.changeKind()).isEqualTo(ROWS_CHANGED);
    }
  }

  private ChangeKind latest() {
    try (LanceDataset dataset = database.open("t")) {
      return dataset.changeKind();
    }
  }

  /** What the versions after one changed. */
  private List<ChangeKind> since(long version) {
    long last;
    try (LanceDataset dataset = database.open("t")) {
      last = dataset.version();
    }
    List<ChangeKind> kinds = new ArrayList<>();
    for (long later = version + 1; later <= last; later++) {
      try (LanceDataset dataset = database.open("t", later)) {
        kinds.add(dataset.changeKind());
      }
    }
    return kinds;
  }
}
