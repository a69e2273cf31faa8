package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.TestUdtfs.Copy;
import dev.geneva.TestUdtfs.Scripted;
import dev.geneva.TestUdtfs.ScriptedOnTwoColumns;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Partitioning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of a view: created, opened, listed, described, dropped; and what is refused. */
class UdtfViewTest extends DatabaseTest {

  private Table source;

  @BeforeEach
  void createSource() {
    source = items("items", 0, 100);
  }

  private UdtfView copy(String name) {
    return connection.createUdtfView(name, source.search(), new Copy(10));
  }

  @Test
  void createdViewHasTheOutputsColumnsAndNoRows() {
    UdtfView view = copy("view");

    assertThat(view.name()).isEqualTo("view");
    assertThat(view.schema()).isEqualTo(Rows.ITEM);
    assertThat(view.version()).isEqualTo(1);
    assertThat(view.countRows()).isZero();
    assertThat(view.history()).isEmpty();
  }

  @Test
  void viewNamesAreInOrderAndLeaveTablesOut() {
    copy("b");
    copy("a");

    assertThat(connection.udtfViewNames()).containsExactly("a", "b");
    assertThat(connection.tableNames()).containsExactly("items");
  }

  @Test
  void viewIsOpenedByAnotherConnection() {
    copy("view").refresh();

    try (Connection other = Geneva.connect(database.toString())) {
      UdtfView view = other.openUdtfView("view");
      assertThat(Rows.items(view)).isEqualTo(Item.range(0, 100));
      assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);
      other.openTable("items").add(Item.class, Item.range(100, 101));
      assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.REFRESHED);
      assertThat(view.countRows()).isEqualTo(101);
    }
  }

  @Test
  void viewIsReadAsATableIs() {
    UdtfView view = copy("view");
    view.refresh();

    Query query = view.search().where("id >= 90 AND name IS NULL").select("id");

    assertThat(Rows.of(query)).containsExactly(List.of(94L));
    assertThat(query.countRows()).isEqualTo(1);
  }

  @Test
  void earlierVersionOfAViewStaysReadable() {
    UdtfView view = copy("view");
    long first = view.refresh().viewVersion();
    source.delete("id >= 3");
    long second = view.refresh().viewVersion();

    assertThat(second).isGreaterThan(first);
    assertThat(view.at(first).countRows()).isEqualTo(100);
    assertThat(Rows.items(view.at(second))).isEqualTo(Item.range(0, 3));
    assertThat(view.at(1).countRows()).isZero();
    assertRefused(NotFoundException.class, () -> view.at(second + 1), "No version", "'view'");
  }

  @Test
  void pinnedViewIsNotRefreshed() {
    UdtfView pinned = copy("view").at(1);

    assertRefused(InvalidDefinitionException.class, pinned::refresh, "'view' at version 1");
  }

  @Test
  void droppedViewIsGoneWithItsRecordsAndItsNameIsFree() {
    UdtfView view = copy("view");
    view.refresh();
    var log = database.resolve("_geneva").resolve(view.definition().uuid().toString());
    assertThat(log).isDirectory();

    connection.dropUdtfView("view");

    assertThat(connection.udtfViewNames()).isEmpty();
    assertThat(log).doesNotExist();
    assertThat(database.resolve("view.lance")).doesNotExist();
    assertRefused(NotFoundException.class, view::refresh, "'view'");
    assertRefused(NotFoundException.class, view::history, "'view'");
    UdtfView again = copy("view");
    assertThat(again.history()).isEmpty();
    assertThat(again.refresh().status()).isEqualTo(RefreshReport.Status.REFRESHED);
  }

  @Test
  void handleSeesTheViewThatWasCreatedAnewInItsPlace() {
    UdtfView view = copy("view");
    view.refresh();
    assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);

    try (Connection other = Geneva.connect(database.toString())) {
      other.dropUdtfView("view");
      other.createUdtfView("view", other.openTable("items").search().limit(5), new Copy(3));
    }

    assertThat(view.countRows()).isZero();
    assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 5));
  }

  @Test
  void definitionTellsWhatTheViewWasMadeFrom() {
    Instant before = Instant.now();
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search().select("id", "score").where("id > 3").limit(7).offset(1),
            new ScriptedOnTwoColumns("a \"b\""));

    ViewDefinition definition = connection.openUdtfView("view").definition();

    assertThat(definition).isEqualTo(view.definition());
    assertThat(definition.name()).isEqualTo("view");
    assertThat(definition.createdAt()).isBetween(before, Instant.now());
    assertThat(definition.sourceName()).isEqualTo("items");
    assertThat(definition.query())
        .isEqualTo("SELECT id, score FROM items WHERE id > 3 LIMIT 7 OFFSET 1");
    assertThat(definition.udtfClass()).isEqualTo("dev.geneva.TestUdtfs$ScriptedOnTwoColumns");
    assertThat(definition.udtfName()).isEqualTo(definition.udtfClass());
    assertThat(definition.parameters()).isEqualTo("{\"script\":\"a \\\"b\\\"\"}");
    assertThat(definition.inputColumns()).containsExactly("score", "id");
    assertThat(definition.outputSchema()).isEqualTo(Rows.ITEM);
    assertThat(definition.partitioning()).isEqualTo(Partitioning.none());
    assertThat(definition.resources().numCpus()).isEqualTo(1);
    assertThat(definition.resources().memoryBytes()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void planOfANewViewSaysThatItWouldRun() {
    UdtfView view =
        connection.createUdtfView("view", source.search().where("id < 42"), new Copy(10));
    var before = Tree.of(database);

    RefreshPlan plan = view.plan();

    assertThat(plan.view()).isEqualTo("view");
    assertThat(plan.upToDate()).isFalse();
    assertThat(plan.reason()).isEqualTo("never refreshed");
    assertThat(plan.mode()).isEqualTo(ExecutionMode.SINGLE_WORKER);
    assertThat(plan.source()).isEqualTo("items");
    assertThat(plan.sourceVersion()).isEqualTo(1);
    assertThat(plan.rows()).isEqualTo(42);
    assertThat(plan.tasks()).isEqualTo(1);
    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.toString().lines())
        .contains(
            "Refresh of  view: would run",
            "  reason    never refreshed",
            "  source    items at version 1",
            "  query     SELECT * FROM items WHERE id < 42",
            "  mode      single worker",
            "  rows      42",
            "  work      1 partition in 1 task",
            "  per call  cpus=1.0 gpus=0.0 memory=not limited");
    assertThat(plan.udtf()).startsWith("dev.geneva.TestUdtfs$Copy version ");
    assertThat(Tree.of(database)).isEqualTo(before);
  }

  @Test
  void planOfACurrentViewSaysThatItIs() {
    UdtfView view = copy("view");
    view.refresh();

    RefreshPlan plan = view.plan();

    assertThat(plan.upToDate()).isTrue();
    assertThat(plan.reason()).isEqualTo("nothing changed since version 1 of the source");
    assertThat(plan.toString()).startsWith("Refresh of  view: up to date").doesNotContain(" task");
    source.delete("id = 1");
    assertThat(view.plan().reason()).isEqualTo("the source changed from version 1 to 2");
  }

  @Test
  void historyTellsOfEachRefreshTheLatestFirst() {
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  if (rows.countRows() == 100) {
                    throw new IllegalStateException("a hundred, on purpose");
                  }
                  new Copy(50).process(rows, out);
                }));
    Instant before = Instant.now();
    assertThatThrownBy(view::refresh).isInstanceOf(PartitionFailedException.class);
    source.add(Item.class, Item.range(100, 120));
    RefreshReport report = view.refresh();
    view.refresh();

    List<RefreshRecord> history = connection.openUdtfView("view").history();

    assertThat(history)
        .extracting(RefreshRecord::outcome)
        .containsExactly(RefreshRecord.Outcome.REFRESHED, RefreshRecord.Outcome.FAILED);
    RefreshRecord last = history.get(0);
    assertThat(last.viewVersion()).isEqualTo(OptionalLong.of(report.viewVersion()));
    assertThat(last.sourceVersion()).isEqualTo(2);
    assertThat(last.rowsRead()).isEqualTo(120);
    assertThat(last.rowsWritten()).isEqualTo(120);
    assertThat(last.batchesWritten()).isEqualTo(report.batchesWritten());
    assertThat(last.cause()).isEmpty();
    assertThat(last.reason()).isEqualTo("never refreshed");
    assertThat(last.engine()).isEqualTo("local");
    assertThat(last.owner()).contains("process " + ProcessHandle.current().pid());
    assertThat(last.durations()).containsKeys(Stage.values());
    RefreshRecord first = history.get(1);
    assertThat(first.viewVersion()).isEmpty();
    assertThat(first.sourceVersion()).isEqualTo(1);
    assertThat(first.cause()).hasValueSatisfying(c -> assertThat(c).contains("on purpose"));
    assertThat(first.startedAt()).isBetween(before, last.startedAt());
    assertThat(first.endedAt()).hasValueSatisfying(end -> assertThat(end).isAfterOrEqualTo(before));
    assertThat(last.refreshId()).isNotEqualTo(first.refreshId());
  }

  @Test
  void functionThatAsksForMoreThanThereIsRunsAloneAndThePlanSaysSo() {
    try (Connection small =
        Geneva.builder(database.toString())
            .localCapacity(new LocalCapacity(0.5, 0, 1 << 20))
            .connect()) {
      Query query = small.openTable("items").search();
      UdtfView view =
          small.createUdtfView("view", query, TestUdtfs.ScriptedIn16MiB.as((rows, out) -> {}));

      assertThat(view.plan().warnings())
          .hasSize(2)
          .anySatisfy(warning -> assertThat(warning).contains("1.0 CPUs", "0.5"))
          .anySatisfy(warning -> assertThat(warning).contains("16777216 bytes", "1048576"));
      assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.REFRESHED);
    }
  }

  @Test
  void gpuThatNobodyDeclaredIsAnErrorBeforeAnyWork() {
    UdtfView view = connection.createUdtfView("view", source.search(), new TestUdtfs.OnTwoGpus());
    var before = Tree.names(database.resolve("view.lance/data"));

    assertRefused(ResourcesUnavailableException.class, view::refresh, "2.0 GPUs", "0.0");

    assertThat(Tree.names(database.resolve("view.lance/data"))).isEqualTo(before);
    try (Connection declared =
        Geneva.builder(database.toString())
            .localCapacity(new LocalCapacity(1, 2, 1 << 30))
            .connect()) {
      assertThat(declared.openUdtfView("view").refresh().durations().get(Stage.RUN))
          .isGreaterThan(Duration.ZERO);
    }
  }

  @Test
  void whatCannotBecomeAViewIsRefusedWhenItIsCreated() {
    var before = Tree.of(database);
    BatchUdtf lambda = (rows, out) -> {};
    Query query = source.search();

    assertRefused(
        NotFoundException.class,
        () -> connection.createUdtfView("view", query.select("idd"), new Copy(1)),
        "No column 'idd'",
        "did you mean 'id'?");
    assertRefused(
        NotFoundException.class,
        () -> connection.createUdtfView("view", query.where("idd = 1"), new Copy(1)),
        "No column 'idd'",
        "did you mean 'id'?");
    assertRefused(
        NotFoundException.class,
        () ->
            connection.createUdtfView(
                "view", query.select("id", "name"), new ScriptedOnTwoColumns("")),
        "No column 'score' in the query",
        "ScriptedOnTwoColumns");
    assertRefused(
        InvalidDefinitionException.class,
        () -> connection.createUdtfView("view", query, lambda),
        "@Udtf",
        "annotationProcessorPaths");
    try (Connection other = Geneva.connect(database.toString())) {
      assertRefused(
          InvalidDefinitionException.class,
          () -> other.createUdtfView("view", query, new Copy(1)),
          "same connection");
    }
    connection.dropTable("items");
    assertRefused(
        NotFoundException.class,
        () -> connection.createUdtfView("view", query, new Copy(1)),
        "'items'");
    items("items", 0, 100);
    assertThat(Tree.of(database).keySet())
        .filteredOn(path -> path.contains("view"))
        .isEqualTo(before.keySet().stream().filter(path -> path.contains("view")).toList());
  }

  private static void assertRefused(
      Class<? extends GenevaException> type, ThrowingCallable call, String... inMessage) {
    assertThatThrownBy(call).isInstanceOf(type).hasMessageContainingAll(inMessage);
  }
}
