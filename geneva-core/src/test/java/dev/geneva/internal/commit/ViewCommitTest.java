package dev.geneva.internal.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.CommitConflictException;
import dev.geneva.CommitStateUnknownException;
import dev.geneva.StorageException;
import dev.geneva.ViewOptions;
import dev.geneva.internal.descriptor.UdtfBinding;
import dev.geneva.internal.fixture.IdRows;
import dev.geneva.internal.fixture.Race;
import dev.geneva.internal.fixture.RawTable;
import dev.geneva.internal.fixture.TestDatabase;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.query.QuerySpec;
import dev.geneva.internal.view.CommittedState;
import dev.geneva.internal.view.RefreshIdentity;
import dev.geneva.internal.view.Sidecar;
import dev.geneva.internal.view.SourceIdentity;
import dev.geneva.internal.view.StoredView;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewCommitTest {

  @TempDir Path folder;

  private final StoredView definition =
      StoredView.of(
          QuerySpec.all("source", null), UdtfBinding.of(new Ids()), ViewOptions.ofDefaults());

  private TestDatabase database;
  private LanceDataset view;

  @Udtf(outputSchema = "schema")
  record Ids() implements BatchUdtf {
    static Schema schema() {
      return IdRows.SCHEMA;
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) {}
  }

  @BeforeEach
  void createView() {
    database = new TestDatabase(folder);
    database.storage().create("view", definition.datasetSchema());
    view = database.storage().open("view", OptionalLong.empty());
  }

  @AfterEach
  void closeAll() {
    view.close();
    database.close();
  }

  @Test
  void theViewIsSwappedTogetherWithItsState() {
    try (LanceDataset committed = commit(0, 100, 1, "first")) {
      assertThat(committed.countRows(Optional.empty())).isEqualTo(100);
      assertThat(CommittedState.of(committed)).contains(state(1, "first"));
      assertThat(StoredView.in(committed.schema())).contains(definition);
    }
    assertThat(view.countRows(Optional.empty())).isZero(); // a reader of the old version
  }

  @Test
  void noRowsAreAResultToo() {
    try (LanceDataset committed =
        commit(
            new StagedOutput(List.of(), List.of()),
            state(1, "first"),
            new ViewCommit(database.storage(), true))) {
      assertThat(committed.countRows(Optional.empty())).isZero();
      assertThat(CommittedState.of(committed)).isPresent();
    }
  }

  @Test
  void aViewThatWasDroppedMeanwhileStaysDropped() {
    StagedOutput output = output(0, 10);
    database.storage().drop("view");
    assertConflict(output, "was dropped");
    assertThat(database.storage().exists("view")).isFalse();
  }

  @Test
  void aViewThatWasCreatedAnewMeanwhileIsLeftAlone() {
    StagedOutput output = output(0, 10);
    database.storage().drop("view");
    StoredView other =
        StoredView.of(
            QuerySpec.all("source", null), UdtfBinding.of(new Ids()), ViewOptions.ofDefaults());
    database.storage().create("view", other.datasetSchema());
    assertConflict(output, "replaced by another table");
  }

  @Test
  void aForeignRefreshMeanwhileWins() {
    StagedOutput output = output(0, 10);
    commit(50, 60, 1, "foreign").close();
    assertConflict(output, "refreshed by somebody else");
    try (LanceDataset latest = database.storage().open("view", OptionalLong.empty())) {
      assertThat(CommittedState.of(latest)).contains(state(1, "foreign"));
    }
  }

  @Test
  void aForeignAppendMeanwhileIsNotOverwritten() {
    StagedOutput output = output(0, 10);
    database.append("view", 90, 91);
    assertConflict(output, "given other rows");
  }

  @Test
  void aColumnThatWasAddedMeanwhileIsNotOverwritten() {
    commit(0, 3, 1, "first").close();
    view.close();
    view = database.storage().open("view", OptionalLong.empty());
    StagedOutput output = output(0, 10);
    raw().addColumn("twice", "id * 2");
    assertThatThrownBy(() -> commit(output, state(2, "second"), commits()).close())
        .isInstanceOf(CommitConflictException.class)
        .hasMessageContaining("given other columns");
  }

  @Test
  void aKeyThatWasSetMeanwhileIsKept() {
    StagedOutput output = output(0, 10);
    raw().setConfig("color", "blue");
    try (LanceDataset committed = commit(output, state(1, "first"), commits())) {
      assertThat(committed.config()).containsEntry("color", "blue");
    }
  }

  @Test
  void anIndexThatWasBuiltMeanwhileDoesNotMatter() {
    commit(0, 300, 1, "first").close();
    view.close();
    view = database.storage().open("view", OptionalLong.empty());
    StagedOutput output = output(0, 10);
    raw().createIndex("id");
    try (LanceDataset committed = commit(output, state(2, "second"), commits())) {
      assertThat(committed.countRows(Optional.empty())).isEqualTo(10);
    }
  }

  @Test
  void aColumnThatWasDroppedMeanwhileIsAConflict() {
    commit(0, 3, 1, "first").close();
    view.close();
    view = database.storage().open("view", OptionalLong.empty());
    StagedOutput output = output(0, 10);
    raw().dropColumn("name");
    assertThatThrownBy(() -> commit(output, state(2, "second"), commits()).close())
        .isInstanceOf(CommitConflictException.class)
        .hasMessage("View 'view' was given other columns while it was refreshed.");
  }

  @Test
  void rowsThatWereDeletedMeanwhileAreAConflict() {
    commit(0, 3, 1, "first").close();
    view.close();
    view = database.storage().open("view", OptionalLong.empty());
    StagedOutput output = output(0, 10);
    raw().delete("id = 1");
    assertThatThrownBy(() -> commit(output, state(2, "second"), commits()).close())
        .isInstanceOf(CommitConflictException.class)
        .hasMessage("View 'view' was given other rows while it was refreshed.");
    assertThat(database.ids("view")).containsExactly(0L, 2L);
  }

  /** After the last look at the view, the generation still tells. */
  @Test
  void aForeignRefreshInTheLastMomentWins() {
    StagedOutput output = output(0, 10);
    StagedOutput foreign = output(50, 60);
    ViewCommit raced =
        new ViewCommit(
            database.storage(),
            (dataset, files, schema, config) -> {
              commit(foreign, state(1, "foreign"), commits()).close();
              return database.storage().overwrite(dataset, files, schema, config);
            },
            true);
    assertThatThrownBy(() -> commit(output, state(1, "ours"), raced).close())
        .isInstanceOf(CommitConflictException.class)
        .hasMessageContaining("Somebody else changed it first");
    assertThat(database.ids("view")).hasSize(10).startsWith(50L);
  }

  @Test
  void aCommitThatLandedIsFoundThoughSomebodyCommittedAfterIt() {
    ViewCommit lossy =
        new ViewCommit(
            database.storage(),
            (dataset, files, schema, config) -> {
              database.storage().overwrite(dataset, files, schema, config).close();
              raw().setConfig("color", "blue");
              raw().createIndex("id");
              throw new StorageException("The answer got lost.");
            },
            true);
    try (LanceDataset committed = commit(output(0, 300), state(1, "first"), lossy)) {
      assertThat(committed.version()).isEqualTo(2);
      assertThat(CommittedState.of(committed)).contains(state(1, "first"));
    }
  }

  @Test
  void aViewThatNobodyCanReadAnyMoreIsNotOverwrittenAndNothingStaysOpen() {
    StagedOutput output = output(0, 10);
    raw().setConfig("geneva.generation", "zero");
    assertThatThrownBy(() -> commit(output, state(1, "first"), commits()).close())
        .isInstanceOf(RuntimeException.class);
    assertThat(database.ids("view")).isEmpty();
  }

  @Test
  void aFileThatIsTooShortAfterwardsIsNoticed() throws IOException {
    StagedOutput output = output(0, 10);
    Path file = Path.of(database.storage().uri("view"), "data", output.files().get(0).path());
    long size = Files.size(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size - 1);
    }
    assertThatThrownBy(() -> commit(output, state(1, "first"), commits()).close())
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("View 'view' was committed as version 2, but is damaged: ")
        .hasMessageContaining((size - 1) + " bytes instead of " + size)
        .hasMessageEndingWith("Earlier versions are still there.");
    try (LanceDataset before = database.open("view", 1)) {
      assertThat(before.countRows(Optional.empty())).isZero();
    }
  }

  @Test
  void ofManyCommitsFromTheSameGenerationOneWins() throws Exception {
    List<Boolean> won =
        Race.of(
            6,
            racer -> {
              StagedOutput output = output(racer * 10L, racer * 10L + 10);
              Callable<Boolean> run =
                  () -> {
                    try {
                      commit(output, state(1, "racer-" + racer), commits()).close();
                      return true;
                    } catch (CommitConflictException e) {
                      return false;
                    }
                  };
              return run;
            });
    assertThat(won).containsOnlyOnce(true);
  }

  @Test
  void aCommitThatLandedThoughItFailedIsFound() {
    ViewCommit lossy =
        new ViewCommit(
            database.storage(),
            (dataset, files, schema, config) -> {
              database.storage().overwrite(dataset, files, schema, config).close();
              throw new StorageException("The answer got lost.");
            },
            true);
    try (LanceDataset committed = commit(output(0, 10), state(1, "first"), lossy)) {
      assertThat(CommittedState.of(committed)).contains(state(1, "first"));
    }
  }

  @Test
  void aCommitThatFailedIsAFailure() {
    ViewCommit failing =
        new ViewCommit(
            database.storage(),
            (dataset, files, schema, config) -> {
              throw new StorageException("No space left.");
            },
            true);
    assertThatThrownBy(() -> commit(output(0, 10), state(1, "first"), failing).close())
        .isInstanceOf(StorageException.class)
        .hasMessage("No space left.");
    assertThat(view.isLatest()).isTrue();
  }

  @Test
  void ifItCanNotBeKnownThatIsSaid() {
    ViewCommit blind =
        new ViewCommit(
            database.storage(),
            (dataset, files, schema, config) -> {
              database.storage().drop("view");
              throw new StorageException("The answer got lost.");
            },
            true);
    assertThatThrownBy(() -> commit(output(0, 10), state(1, "first"), blind).close())
        .isInstanceOf(CommitStateUnknownException.class)
        .hasMessageContaining("first")
        .hasCauseInstanceOf(StorageException.class);
  }

  @Test
  void aFileThatIsMissingAfterwardsIsNoticed() throws IOException {
    StagedOutput output = output(0, 10);
    Files.delete(Path.of(database.storage().uri("view"), "data", output.files().get(0).path()));
    assertThatThrownBy(() -> commit(output, state(1, "first"), commits()).close())
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is damaged")
        .hasMessageContaining(output.files().get(0).path());
  }

  private void assertConflict(StagedOutput output, String why) {
    assertThatThrownBy(() -> commit(output, state(1, "ours"), commits()).close())
        .isInstanceOf(CommitConflictException.class)
        .hasMessageContaining("'view'")
        .hasMessageContaining(why);
  }

  private RawTable raw() {
    return new RawTable(database.table("view").toString(), database.allocator());
  }

  private ViewCommit commits() {
    return new ViewCommit(database.storage(), true);
  }

  private LanceDataset commit(long begin, long end, long generation, String refresh) {
    return commit(output(begin, end), state(generation, refresh), commits());
  }

  private LanceDataset commit(StagedOutput output, CommittedState state, ViewCommit commit) {
    return commit.commit(view, definition, output, state);
  }

  private StagedOutput output(long begin, long end) {
    List<StagedFile> files = database.stage("view", begin, end);
    Sidecar.Entry entry = new Sidecar.Entry(0, null, end - begin, 1, 1, null);
    return new StagedOutput(List.of(), List.of(new StagedOutput.Group(files, List.of(entry))));
  }

  private static CommittedState state(long generation, String refresh) {
    RefreshIdentity identity =
        new RefreshIdentity(
            new SourceIdentity(1, "transaction", "content"),
            "query",
            "udtf",
            "1",
            "{}",
            "shape",
            List.of());
    return new CommittedState(generation, refresh, identity, Sidecar.name(refresh), 1, 0);
  }
}
