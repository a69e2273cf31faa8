package dev.geneva.internal.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.internal.fixture.IdRows;
import dev.geneva.internal.fixture.TestDatabase;
import dev.geneva.internal.store.LocalFileStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.Dataset;

class LanceDatasetTest {

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
  void theDigestIsTheSameForTheSameVersion() {
    assertThat(digest()).isEqualTo(digest()).matches("[0-9a-f]{64}");
  }

  @Test
  void indexAndConfigurationDoNotChangeTheDigest() {
    String before = digest();

    database.raw("t").createIndex("id");
    assertThat(digest()).isEqualTo(before);

    database.raw("t").setConfig("owner", "somebody");
    assertThat(digest()).isEqualTo(before);
  }

  @Test
  void everythingThatChangesRowsOrColumnsChangesTheDigest() {
    List<Runnable> changes =
        List.of(
            () -> database.append("t", 10, 20),
            () -> database.raw("t").delete("id = 3"),
            () -> database.raw("t").delete("id = 4"),
            () -> database.raw("t").addColumn("twice", "id * 2"),
            () -> database.raw("t").dropColumn("twice"),
            () -> database.raw("t").delete("id < 10"),
            () -> database.createAnew("t", 0, 10));
    java.util.Set<String> digests = new java.util.HashSet<>();
    digests.add(digest());
    for (int i = 0; i < changes.size(); i++) {
      changes.get(i).run();
      // Dropping the column that was just added leads back to the files that there were before.
      assertThat(digests.add(digest())).as("change %d", i).isEqualTo(i != 4);
    }
  }

  @Test
  void aRestoredVersionHasItsOldDigest() {
    String before = digest();
    database.append("t", 10, 20);
    database.raw("t").restore(1);

    try (LanceDataset restored = database.open("t")) {
      assertThat(restored.version()).isEqualTo(3);
      assertThat(restored.contentDigest()).isEqualTo(before);
    }
  }

  @Test
  void aTableCreatedAnewWithEqualRowsHasAnotherDigestAndTransaction() {
    String digest = digest();
    String transaction = transaction();

    database.createAnew("t", 0, 10);

    assertThat(digest()).isNotEqualTo(digest);
    assertThat(transaction()).isNotEqualTo(transaction);
  }

  @Test
  void emptyTablesWithEqualColumnsAreEqualButForTheirTransactions() {
    database.create("a", 0, 0);
    database.create("b", 0, 0);
    try (LanceDataset a = database.open("a");
        LanceDataset b = database.open("b")) {
      assertThat(a.contentDigest()).isEqualTo(b.contentDigest());
      assertThat(a.transactionId()).isNotEqualTo(b.transactionId());
      assertThat(a.dataFiles()).isEmpty();
    }
  }

  @Test
  void everyVersionHasATransactionEvenThoseThatLanceCannotDecode() {
    database.append("t", 10, 20);
    database.raw("t").createIndex("id");
    database.raw("t").compact();
    java.util.Set<String> ids = new java.util.HashSet<>();
    for (long version = 1; version <= 5; version++) {
      try (LanceDataset dataset = database.open("t", version)) {
        assertThat(dataset.transactionId()).isEqualTo(dataset.transactionId()).isNotEmpty();
        assertThat(ids.add(dataset.transactionId())).isTrue();
      }
    }
    try (LanceDataset compacted = database.open("t")) {
      assertThat(compacted.version()).isEqualTo(5);
      assertThat(compacted.changeKind()).isEqualTo(ChangeKind.ROWS_MOVED);
    }
  }

  @Test
  void dataFilesAreThoseOfTheFolder() throws Exception {
    database.append("t", 10, 20);
    try (LanceDataset dataset = database.open("t")) {
      assertThat(dataset.dataFiles()).hasSize(2);
      for (var file : dataset.dataFiles().entrySet()) {
        Path path = Path.of(database.storage().uri("t"), "data", file.getKey());
        assertThat(path).isRegularFile().hasSize(file.getValue());
      }
      assertThat(database.dataFiles("t"))
          .containsExactlyInAnyOrderElementsOf(
              dataset.dataFiles().keySet().stream().map(file -> "data/" + file).toList());
    }
  }

  @Test
  void itStaysAtItsVersion() {
    try (LanceDataset dataset = database.open("t")) {
      assertThat(dataset.isLatest()).isTrue();
      database.append("t", 10, 20);

      assertThat(dataset.isLatest()).isFalse();
      assertThat(dataset.version()).isEqualTo(1);
      assertThat(dataset.latestVersion()).isEqualTo(2);
      assertThat(database.ids(dataset)).hasSize(10);
      assertThat(dataset.countRows(Optional.empty())).isEqualTo(10);
    }
  }

  @Test
  void aTableCreatedAnewWhileItWasOpenedIsNotTakenForTheOneThatIsOpen() {
    Dataset opened =
        Dataset.open().allocator(database.allocator()).uri(database.table("t").toString()).build();
    VersionProbe.Before before = VersionProbe.before(database.table("t"));
    database.createAnew("t", 100, 110);

    try (LanceDataset dataset =
        LanceDataset.of("t", new LocalFileStore(folder, true), opened, before)) {
      assertThat(dataset.isLatest()).isFalse();
    }
  }

  @Test
  void eachHolderClosesItOnceAndTheLastOneClosesTheDataset() {
    LanceDataset dataset = database.open("t");
    dataset.retain();
    dataset.close();
    assertThat(database.ids(dataset)).hasSize(10);

    dataset.close();

    assertThat(dataset.dataset().closed()).isTrue();
    assertThatThrownBy(dataset::retain)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Closed: 't' at version 1");
  }

  @Test
  void closingItTooOftenDoesNotReviveIt() {
    LanceDataset dataset = database.open("t");
    dataset.close();
    dataset.close();

    assertThat(dataset.isLatest()).isFalse();
    assertThatThrownBy(dataset::retain).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(dataset::retain).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aReaderKeepsItOpen() throws Exception {
    LanceDataset dataset = database.open("t");
    ArrowReader reader = dataset.scan(all(3), database.allocator());
    dataset.close();

    int rows = 0;
    while (reader.loadNextBatch()) {
      rows += reader.getVectorSchemaRoot().getRowCount();
    }
    assertThat(rows).isEqualTo(10);
    assertThat(dataset.dataset().closed()).isFalse();
    reader.close();
    assertThat(dataset.dataset().closed()).isTrue();
  }

  @Test
  void aScanThatCannotBeginHoldsNothing() {
    LanceDataset dataset = database.open("t");
    ScanRequest request =
        new ScanRequest(List.of("id"), Optional.of("nme = 'x'"), OptionalLong.empty(), 0, 10);

    assertThatThrownBy(() -> scanAll(dataset, request))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("No column 'nme' reading 't'; did you mean 'name'?");

    dataset.close();
    assertThat(dataset.dataset().closed()).isTrue();
  }

  @Test
  void aPredicateThatDoesNotParseIsTheUsersMistake() {
    try (LanceDataset dataset = database.open("t")) {
      assertThatThrownBy(() -> dataset.countRows(Optional.of("id ==== 3")))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageStartingWith("Lance refused, counting the rows of 't': ");
    }
  }

  @Test
  void whatIsReadIsWhatWasAskedFor() {
    try (LanceDataset dataset = database.open("t")) {
      assertThat(
              scanAll(
                  dataset,
                  new ScanRequest(List.of("id"), Optional.of("id > 2"), OptionalLong.of(3), 1, 2)))
          .isEqualTo(3);
      assertThat(dataset.columnNames()).containsExactly("id", "name");
      assertThat(dataset.schema().getFields()).isEqualTo(IdRows.SCHEMA.getFields());
      assertThat(dataset.countRows(Optional.of("name IS NULL"))).isEqualTo(2);
    }
  }

  @Test
  void configurationIsOfTheVersion() {
    database.raw("t").setConfig("a", "1");
    database.raw("t").setConfig("a", "2");
    try (LanceDataset first = database.open("t", 1);
        LanceDataset second = database.open("t", 2);
        LanceDataset third = database.open("t", 3)) {
      assertThat(first.config()).doesNotContainKey("a");
      assertThat(second.config()).containsEntry("a", "1");
      assertThat(third.config()).containsEntry("a", "2");
    }
  }

  @Test
  void theManifestCanBeForcedToDisk() {
    try (LanceDataset dataset = database.open("t")) {
      dataset.forceManifest();
    }
  }

  @Test
  void aMissingVersionIsNotFound() {
    assertThatThrownBy(() -> database.open("t", 7))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("No version 7 of 't'.");
  }

  private static ScanRequest all(int batchSize) {
    return new ScanRequest(
        List.of("id", "name"), Optional.empty(), OptionalLong.empty(), 0, batchSize);
  }

  private int scanAll(LanceDataset dataset, ScanRequest request) {
    int rows = 0;
    try (ArrowReader reader = dataset.scan(request, database.allocator())) {
      while (reader.loadNextBatch()) {
        rows += reader.getVectorSchemaRoot().getRowCount();
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return rows;
  }

  private String digest() {
    try (LanceDataset dataset = database.open("t")) {
      return dataset.contentDigest();
    }
  }

  private String transaction() {
    try (LanceDataset dataset = database.open("t")) {
      return dataset.transactionId();
    }
  }
}
