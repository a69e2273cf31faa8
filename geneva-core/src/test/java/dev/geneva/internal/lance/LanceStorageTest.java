package dev.geneva.internal.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.AlreadyExistsException;
import dev.geneva.CommitConflictException;
import dev.geneva.GenevaException;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.StorageException;
import dev.geneva.internal.fixture.IdRows;
import dev.geneva.internal.fixture.Race;
import dev.geneva.internal.fixture.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanceStorageTest {

  @TempDir Path temporary;
  private Path folder;
  private TestDatabase database;
  private LanceStorage storage;

  @BeforeEach
  void openDatabase() {
    folder = temporary.resolve("db");
    database = new TestDatabase(folder);
    storage = database.storage();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aDatabaseThatIsNotThereHasNoTables() {
    assertThat(storage.names()).isEmpty();
    assertThat(storage.exists("t")).isFalse();
    assertThatThrownBy(() -> database.open("t"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("No database at " + folder + ".");
    assertThat(folder).doesNotExist();
  }

  @Test
  void tablesAreListedInOrderAndNothingElseIs() throws IOException {
    database.create("b", 0, 1);
    database.create("a", 0, 1);
    database.create("c.d-e_f", 0, 0);
    Files.createDirectories(folder.resolve("_geneva"));
    Files.createDirectories(folder.resolve("__manifest/_versions"));
    Files.createDirectories(folder.resolve("half.lance"));
    Files.writeString(folder.resolve("file.lance"), "");

    assertThat(storage.names()).containsExactly("a", "b", "c.d-e_f");
    assertThat(storage.exists("a")).isTrue();
    assertThat(storage.exists("half")).isFalse();
  }

  @Test
  void anUnknownTableIsNotFoundWithASuggestion() {
    database.create("flags", 0, 1);

    assertThatThrownBy(() -> database.open("flag"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("No 'flag' in " + folder + "; did you mean 'flags'?");
  }

  @Test
  void aTakenNameIsRefusedAndTheTableStaysAsItWas() {
    database.create("t", 0, 5);

    assertThatThrownBy(() -> database.create("t", 10, 20))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage("There is already a 't' in " + folder + ".");
    assertThatThrownBy(() -> storage.create("t", IdRows.SCHEMA))
        .isInstanceOf(AlreadyExistsException.class);
    assertThat(database.ids("t")).containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void aTableWithoutRowsHasItsColumns() {
    storage.create("schema-only", IdRows.SCHEMA);
    database.create("no-batches", 0, 0);
    for (String name : List.of("schema-only", "no-batches")) {
      try (LanceDataset dataset = database.open(name)) {
        assertThat(dataset.version()).isEqualTo(1);
        assertThat(dataset.countRows(Optional.empty())).isZero();
        assertThat(dataset.schema().getFields()).isEqualTo(IdRows.SCHEMA.getFields());
      }
    }
  }

  @Test
  void ofWhatIsReadOnceLittleIsKept() {
    database.create("t", 0, 10);
    for (int file = 1; file < 200; file++) {
      database.append("t", 10L * file, 10L * file + 10);
    }
    try (LanceDataset kept = database.open("t");
        LanceDataset once = storage.openToReadOnce("t", kept.version())) {
      assertThat(database.ids(once)).isEqualTo(database.ids(kept)).hasSize(2000);
      // About 2.6 KB for each of the files, and not to the byte.
      assertThat(once.dataset().session().sizeBytes())
          .isLessThan(kept.dataset().session().sizeBytes() / 2);
    }
  }

  @Test
  void aCreationThatFailsInTheMiddleLeavesNothing() throws IOException {
    try (ArrowReader broken = IdRows.failingAt(50_000, 1000, database.allocator())) {
      assertThatThrownBy(() -> storage.create("t", broken))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("creating 't'")
          .hasMessageContaining("the source broke at 50000");
    }

    assertThat(storage.exists("t")).isFalse();
    assertThat(storage.names()).isEmpty();
    assertThat(database.table("t")).doesNotExist();
    database.create("t", 0, 5);
    assertThat(database.ids("t")).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "a`b", "a.b"})
  void aColumnNameByWhichNothingIsFoundIsRefused(String column) {
    Schema schema = new Schema(List.of(Field.nullable(column, ArrowType.Utf8.INSTANCE)));

    assertThatThrownBy(() -> storage.create("t", schema))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageStartingWith("'" + column + "' can't be the name of a column of 't': ");
    assertThat(database.table("t")).doesNotExist();
  }

  @Test
  void stagedRowsAreSeenByNobodyUntilTheyAreCommitted() {
    database.create("t", 0, 5);
    List<StagedFile> staged = database.stage("t", 100, 300);

    assertThat(database.ids("t")).hasSize(5);
    assertThat(staged).hasSize(1);
    StagedFile file = staged.get(0);
    assertThat(file.rows()).isEqualTo(200);
    assertThat(Path.of(storage.uri("t"), "data", file.path()))
        .isRegularFile()
        .hasSize(file.sizeBytes());

    try (LanceDataset before = database.open("t");
        LanceDataset after = overwrite(before, staged, "1")) {
      assertThat(after.version()).isEqualTo(2);
      assertThat(after.isLatest()).isTrue();
      assertThat(after.config()).containsEntry("generation", "1");
      assertThat(database.ids(after)).isEqualTo(LongStream.range(100, 300).boxed().toList());
      assertThat(database.ids(before)).hasSize(5);
    }
  }

  @Test
  void filesAreCommittedInTheOrderInWhichTheyAreGiven() {
    database.create("t", 0, 0);
    List<StagedFile> files = new ArrayList<>();
    files.addAll(database.stage("t", 20, 30));
    files.addAll(database.stage("t", 0, 10));
    files.addAll(database.stage("t", 10, 20));
    try (LanceDataset before = database.open("t")) {
      overwrite(before, files, "1").close();
    }

    assertThat(database.ids("t"))
        .isEqualTo(
            LongStream.concat(LongStream.range(20, 30), LongStream.range(0, 20)).boxed().toList());
  }

  @Test
  void nothingStagedIsAnEmptyTable() {
    database.create("t", 0, 5);
    assertThat(database.stage("t", 0, 0)).isEmpty();
    try (LanceDataset before = database.open("t")) {
      overwrite(before, List.of(), "1").close();
    }

    assertThat(database.ids("t")).isEmpty();
    try (LanceDataset after = database.open("t")) {
      assertThat(after.schema().getFields()).isEqualTo(IdRows.SCHEMA.getFields());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 8192, 1_200_000})
  void stagingThatFailsLeavesNoFile(long failAt) throws IOException {
    database.create("t", 0, 5);
    List<String> before = database.files("t");
    try (ArrowReader broken = IdRows.failingAt(failAt, 8192, database.allocator())) {
      assertThatThrownBy(() -> storage.stage("t", broken))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("writing data files of 't'");
    }

    assertThat(database.files("t")).isEqualTo(before);
  }

  @Test
  void manyRowsAreStagedInFilesOfAMillion() throws IOException {
    database.create("t", 0, 0);
    long million = 1 << 20;
    List<StagedFile> files;
    try (ArrowReader rows = IdRows.of(0, million + 5, 8192, database.allocator())) {
      files = storage.stage("t", rows);
    }
    assertThat(files).extracting(StagedFile::rows).containsExactly(million, 5L);
    try (LanceDataset before = database.open("t");
        LanceDataset after = overwrite(before, files, "1")) {
      assertThat(after.countRows(Optional.empty())).isEqualTo(million + 5);
      assertThat(database.ids(after)).isSorted().startsWith(0L).endsWith(million + 4);
    }
  }

  @Test
  void aMillionRowsAreOneFile() throws IOException {
    database.create("t", 0, 0);
    try (ArrowReader rows = IdRows.of(0, 1 << 20, 1 << 16, database.allocator())) {
      assertThat(storage.stage("t", rows)).hasSize(1);
    }
    assertThat(database.dataFiles("t")).hasSize(1);
  }

  @Test
  void appendedRowsFollowThoseThatAreThere() throws IOException {
    database.create("t", 0, 5);
    try (LanceDataset dataset = database.open("t");
        ArrowReader rows = IdRows.of(5, 8, database.allocator());
        ArrowReader none = IdRows.of(0, 0, database.allocator())) {
      assertThat(storage.append(dataset, none)).isEqualTo(1);
      assertThat(storage.append(dataset, rows)).isEqualTo(2);
    }

    assertThat(database.ids("t")).isEqualTo(LongStream.range(0, 8).boxed().toList());
  }

  @Test
  void appendsThatRaceAllLand() throws Exception {
    database.create("t", 0, 1);
    Race.of(
        6,
        racer ->
            () -> {
              database.append("t", 1 + racer, 2 + racer);
              return null;
            });

    assertThat(database.ids("t"))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 7).boxed().toList());
  }

  @Test
  void deletingMakesAVersion() {
    database.create("t", 0, 5);

    assertThat(storage.delete("t", "id < 2")).isEqualTo(2);

    assertThat(database.ids("t")).containsExactly(2L, 3L, 4L);
    try (LanceDataset first = database.open("t", 1)) {
      assertThat(database.ids(first)).hasSize(5);
    }
  }

  @RepeatedTest(3)
  void ofEightCommittersThatSetTheSameKeyExactlyOneWins() throws Exception {
    database.create("t", 0, 1);
    List<List<StagedFile>> staged = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      staged.add(database.stage("t", 1000L * i, 1000L * i + 10 + i));
    }
    List<Optional<Long>> versions;
    try (LanceDataset before = database.open("t")) {
      versions = Race.of(8, racer -> () -> tryOverwrite(before, staged.get(racer)));
    }

    List<Integer> winners = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      if (versions.get(i).isPresent()) {
        winners.add(i);
      }
    }
    assertThat(winners).hasSize(1);
    int winner = winners.get(0);
    assertThat(versions.get(winner)).hasValue(2L);
    assertThat(database.ids("t")).hasSize(10 + winner).startsWith(1000L * winner);
    try (LanceDataset after = database.open("t")) {
      assertThat(after.version()).isEqualTo(2);
    }
  }

  private Optional<Long> tryOverwrite(LanceDataset before, List<StagedFile> files) {
    try (LanceDataset after = overwrite(before, files, "1")) {
      return Optional.of(after.version());
    } catch (CommitConflictException e) {
      assertThat(e).hasMessageStartingWith("Somebody else changed it first, committing to 't': ");
      return Optional.empty();
    }
  }

  @Test
  void theLoserOfARaceIsToldAndNothingOfItIsSeen() {
    database.create("t", 0, 1);
    List<StagedFile> first = database.stage("t", 10, 20);
    List<StagedFile> second = database.stage("t", 20, 30);
    try (LanceDataset before = database.open("t")) {
      overwrite(before, first, "1").close();

      assertThat(tryOverwrite(before, second)).isEmpty();
    }

    assertThat(database.ids("t")).isEqualTo(LongStream.range(10, 20).boxed().toList());
  }

  @Test
  void aDroppedTableIsGone() {
    database.create("t", 0, 5);
    storage.drop("t");

    assertThat(storage.exists("t")).isFalse();
    assertThat(database.table("t")).doesNotExist();
    assertThatThrownBy(() -> storage.open("t", OptionalLong.empty()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void droppingWhatIsNotThereSaysSo() {
    assertThatThrownBy(() -> storage.drop("t"))
        .isInstanceOf(GenevaException.class)
        .hasMessageContaining("dropping 't'");
  }

  @Test
  void manyDatasetsMayBeOpenAtATime() {
    database.create("t", 0, 5);
    List<LanceDataset> open = Collections.nCopies(20, "t").stream().map(database::open).toList();
    open.forEach(dataset -> assertThat(database.ids(dataset)).hasSize(5));
    open.forEach(LanceDataset::close);
  }

  private LanceDataset overwrite(LanceDataset before, List<StagedFile> files, String generation) {
    return storage.overwrite(before, files, IdRows.SCHEMA, Map.of("generation", generation));
  }
}
