package dev.geneva.internal.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.internal.fixture.Locales;
import dev.geneva.internal.fixture.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.CommitBuilder;
import org.lance.Transaction;
import org.lance.operation.Overwrite;

class VersionProbeTest {

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
  void aTableThatNobodyChangesIsUnchanged() {
    VersionProbe probe = probe(1);

    assertThat(probe.unchanged()).isTrue();
    assertThat(database.ids("t")).hasSize(10);
    assertThat(probe.unchanged()).isTrue();
  }

  @Test
  void everyKindOfNewVersionIsSeen() {
    long version = 1;
    List<Runnable> changes =
        List.of(
            () -> database.append("t", 10, 20),
            () -> database.raw("t").delete("id = 3"),
            () -> database.raw("t").createIndex("id"),
            () -> database.raw("t").setConfig("a", "b"),
            () -> database.raw("t").addColumn("twice", "id * 2"),
            () -> database.raw("t").restore(2));
    for (Runnable change : changes) {
      VersionProbe probe = probe(version);
      assertThat(probe.unchanged()).isTrue();

      change.run();
      version++;

      assertThat(probe.unchanged()).as("version %d", version).isFalse();
      assertThat(probe(version).unchanged()).as("version %d", version).isTrue();
    }
  }

  @Test
  void anEarlierVersionIsNotTheLatest() {
    database.append("t", 10, 20);

    assertThat(probe(1).unchanged()).isFalse();
  }

  @Test
  void aCommitWithinTheSameTickOfTheClockIsSeen() throws IOException {
    Path versions = database.table("t").resolve("_versions");
    FileTime before = Files.getLastModifiedTime(versions);
    VersionProbe probe = probe(1);

    database.append("t", 10, 20);
    Files.setLastModifiedTime(versions, before);

    assertThat(probe.unchanged()).isFalse();
  }

  @Test
  void aTableCreatedAnewWithTheSameVersionIsSeen() {
    VersionProbe probe = probe(1);

    database.createAnew("t", 0, 10);

    assertThat(probe.unchanged()).isFalse();
  }

  @Test
  void aDroppedTableIsSeen() {
    VersionProbe probe = probe(1);

    database.storage().drop("t");

    assertThat(probe.unchanged()).isFalse();
  }

  @Test
  void tablesThatCountTheirManifestsUpAreUnderstood() {
    oldStyle("old", 1);
    VersionProbe probe = VersionProbe.of(database.table("old"), 1).orElseThrow();
    assertThat(probe.manifest()).hasFileName("1.manifest");
    assertThat(probe.unchanged()).isTrue();

    database.append("old", 10, 20);

    assertThat(database.files("old")).contains("_versions/2.manifest");
    assertThat(probe.unchanged()).isFalse();
    assertThat(VersionProbe.of(database.table("old"), 2).orElseThrow().unchanged()).isTrue();
    try (LanceDataset dataset = database.open("old")) {
      assertThat(dataset.isLatest()).isTrue();
      database.append("old", 20, 30);
      assertThat(dataset.isLatest()).isFalse();
    }
  }

  private void oldStyle(String name, long rows) {
    Overwrite overwrite =
        Overwrite.builder()
            .fragments(database.stage(name, 0, rows).stream().map(StagedFile::toFragment).toList())
            .schema(dev.geneva.internal.fixture.IdRows.SCHEMA)
            .build();
    try (Transaction transaction =
        new Transaction.Builder().readVersion(0).operation(overwrite).build()) {
      new CommitBuilder(database.table(name).toString(), database.allocator())
          .enableV2ManifestPaths(false)
          .execute(transaction)
          .close();
    }
  }

  @Test
  void whereThereIsNoManifestOnlyLanceCanTell() throws IOException {
    assertThat(VersionProbe.of(folder.resolve("missing.lance"), 1)).isEmpty();
    assertThat(VersionProbe.of(database.table("t"), 2)).isEmpty();
    Files.createDirectories(folder.resolve("empty.lance/_versions"));
    assertThat(VersionProbe.of(folder.resolve("empty.lance"), 1)).isEmpty();
  }

  @Test
  void theDigitsOfTheLocaleDoNotMatter() throws Exception {
    VersionProbe probe = Locales.withArabicDigits(() -> probe(1));

    assertThat(probe.manifest()).hasFileName("18446744073709551614.manifest").exists();
    assertThat(probe.folder()).isEqualTo(database.table("t").resolve("_versions"));
  }

  private VersionProbe probe(long version) {
    return VersionProbe.of(database.table("t"), version).orElseThrow();
  }
}
