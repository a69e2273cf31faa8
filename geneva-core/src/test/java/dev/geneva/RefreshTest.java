package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.TestUdtfs.Copy;
import dev.geneva.TestUdtfs.Scripted;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a refresh does, and that it does it only when it has to. */
class RefreshTest extends DatabaseTest {

  private Table source;

  @BeforeEach
  void createSource() {
    source = items("items", 0, 1000);
  }

  @Test
  void firstRefreshComputesTheViewAndReportsTrueCounts() {
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(100));

    RefreshReport report = view.refresh();

    assertThat(report.status()).isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(report.reason()).isEqualTo("never refreshed");
    assertThat(report.mode()).isEqualTo(ExecutionMode.SINGLE_WORKER);
    assertThat(report.sourceVersion()).isEqualTo(1);
    assertThat(report.viewVersion()).isEqualTo(2).isEqualTo(view.version());
    assertThat(report.rowsRead()).isEqualTo(1000);
    assertThat(report.rowsWritten()).isEqualTo(1000);
    assertThat(report.batchesWritten()).isEqualTo(10);
    assertThat(report.partitionsTotal()).isEqualTo(1);
    assertThat(report.partitionsRun()).isEqualTo(1);
    assertThat(report.partitionsReused()).isZero();
    assertThat(report.partitionsResumed()).isZero();
    assertThat(report.partitionsSkipped()).isEmpty();
    assertThat(report.rowsUncovered()).isZero();
    assertThat(report.durations()).containsKeys(Stage.values());
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 1000));
  }

  @Test
  void refreshOfACurrentViewRunsAndWritesNothing() {
    AtomicInteger calls = new AtomicInteger();
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  calls.incrementAndGet();
                  new Copy(100).process(rows, out);
                }));
    view.refresh();
    Map<String, String> before = Tree.of(database);

    RefreshReport report = view.refresh();
    view.refresh();
    connection.openUdtfView("view").refresh();
    try (Connection other = Geneva.connect(database.toString())) {
      assertThat(other.openUdtfView("view").refresh().status())
          .isEqualTo(RefreshReport.Status.UP_TO_DATE);
    }

    assertThat(report.status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);
    assertThat(report.reason()).isEqualTo("nothing changed since version 1 of the source");
    assertThat(report.sourceVersion()).isEqualTo(1);
    assertThat(report.viewVersion()).isEqualTo(2);
    assertThat(report.rowsRead()).isZero();
    assertThat(report.rowsWritten()).isZero();
    assertThat(report.partitionsTotal()).isEqualTo(1);
    assertThat(report.partitionsRun()).isZero();
    assertThat(report.partitionsReused()).isEqualTo(1);
    assertThat(calls).hasValue(1);
    assertThat(Tree.of(database)).isEqualTo(before);
    assertThat(view.history()).hasSize(1);
  }

  @Test
  void refreshFollowsTheSource() {
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(100));
    view.refresh();

    source.add(Item.class, Item.range(1000, 1100));
    RefreshReport added = view.refresh();
    assertThat(added.status()).isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(added.reason()).isEqualTo("the source changed from version 1 to 2");
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 1100));

    source.delete("id < 1090");
    RefreshReport deleted = view.refresh();
    assertThat(deleted.status()).isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(deleted.sourceVersion()).isEqualTo(3);
    assertThat(Rows.items(view)).isEqualTo(Item.range(1090, 1100));

    assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);
  }

  @Test
  void emptySourceGivesAnEmptyViewThatIsCurrent() {
    Table empty = items("empty", 0, 0);
    UdtfView view = connection.createUdtfView("view", empty.search(), new Copy(100));

    RefreshReport report = view.refresh();

    assertThat(report.status()).isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(report.rowsRead()).isZero();
    assertThat(view.countRows()).isZero();
    assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);
    empty.add(Item.class, Item.range(0, 3));
    view.refresh();
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 3));
  }

  @Test
  void outputWithoutRowsReplacesTheOldRowsAndIsRecordedAsDone() {
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  if (rows.countRows() == 1000) {
                    new Copy(100).process(rows, out);
                  }
                }));
    view.refresh();
    source.delete("id = 5");

    RefreshReport report = view.refresh();

    assertThat(report.status()).isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(report.rowsWritten()).isZero();
    assertThat(report.batchesWritten()).isZero();
    assertThat(view.countRows()).isZero();
    assertThat(view.schema()).isEqualTo(Rows.ITEM);
    assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);
  }

  @Test
  void queryDefinesTheRows() {
    source.add(Item.class, Item.range(1000, 2000));
    Query query = source.search().where("id % 2 = 0").where("name IS NOT NULL");
    List<Item> even =
        Item.range(0, 2000).stream().filter(i -> i.id() % 2 == 0 && i.name() != null).toList();

    assertViewIs(query, even);
    assertViewIs(query.limit(7).offset(500), even.subList(500, 507));
    assertViewIs(query.limit(0), List.of());
    assertViewIs(query.offset(5000), List.of());
    assertViewIs(source.search().limit(1200), Item.range(0, 1200));
    assertViewIs(source.search().select("score", "id", "name").limit(3), Item.range(0, 3));
  }

  private void assertViewIs(Query query, List<Item> expected) {
    UdtfView view =
        connection.createUdtfView(
            "view",
            query,
            Scripted.as(
                (rows, out) -> {
                  assertThat(rows.countRows()).isEqualTo(expected.size());
                  out.collectRecords(rows.records(Item.class).toList());
                }));
    RefreshReport report = view.refresh();
    assertThat(report.rowsRead()).as("%s", query).isEqualTo(expected.size());
    assertThat(Rows.items(view)).as("%s", query).isEqualTo(expected);
    connection.dropUdtfView("view");
  }

  @Test
  void sourceVersionOptionReadsThatVersion() {
    source.add(Item.class, Item.range(1000, 1100));
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(100));

    RefreshReport old = view.refresh(RefreshOptions.builder().sourceVersion(1).build());
    assertThat(old.sourceVersion()).isEqualTo(1);
    assertThat(view.countRows()).isEqualTo(1000);
    assertThat(view.refresh(RefreshOptions.builder().sourceVersion(1).build()).status())
        .isEqualTo(RefreshReport.Status.UP_TO_DATE);

    assertThat(view.refresh().sourceVersion()).isEqualTo(2);
    assertThat(view.countRows()).isEqualTo(1100);

    RefreshReport back = view.refresh(RefreshOptions.builder().sourceVersion(1).build());
    assertThat(back.status()).isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(view.countRows()).isEqualTo(1000);
    assertThat(view.plan().upToDate()).isFalse();
  }

  @Test
  void missingSourceVersionIsRefusedBeforeAnyWork() {
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(100));
    Map<String, String> before = Tree.of(database);

    assertThatThrownBy(() -> view.refresh(RefreshOptions.builder().sourceVersion(9).build()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContainingAll("No version 9", "'items'");

    assertThat(Tree.of(database)).isEqualTo(before);
  }

  @Test
  void viewOfAPinnedSourceStaysCurrent() {
    UdtfView view = connection.createUdtfView("view", source.at(1).search(), new Copy(100));
    view.refresh();

    source.delete("true");

    assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);
    assertThat(view.countRows()).isEqualTo(1000);
    assertThat(connection.openUdtfView("view").refresh().status())
        .isEqualTo(RefreshReport.Status.UP_TO_DATE);
  }

  @Test
  void viewOverAViewReadsItsCommittedRows() {
    UdtfView first =
        connection.createUdtfView("first", source.search().where("id < 10"), new Copy(100));
    UdtfView second =
        connection.createUdtfView("second", first.search().where("id > 5"), new Copy(100));

    second.refresh();
    assertThat(second.countRows()).as("the upstream was never refreshed").isZero();
    first.refresh();
    second.refresh();
    assertThat(Rows.items(second)).isEqualTo(Item.range(6, 10));
    source.delete("id = 7");
    assertThat(second.refresh().status())
        .as("refresh doesn't cascade")
        .isEqualTo(RefreshReport.Status.UP_TO_DATE);
    first.refresh();
    assertThat(second.refresh().status()).isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(second.countRows()).isEqualTo(3);
  }

  @Test
  void openReaderOfAViewKeepsToItsVersion() throws Exception {
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(100));
    view.refresh();

    try (ArrowReader reader = view.search().toBatches(100)) {
      assertThat(reader.loadNextBatch()).isTrue();
      int rows = reader.getVectorSchemaRoot().getRowCount();
      source.delete("id > 10");
      view.refresh();
      while (reader.loadNextBatch()) {
        rows += reader.getVectorSchemaRoot().getRowCount();
      }
      assertThat(rows).isEqualTo(1000);
    }
    assertThat(view.countRows()).isEqualTo(11);
  }

  @Test
  void refreshReadsOneVersionWhateverHappensMeanwhile() {
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  long count = rows.countRows();
                  try (ArrowReader reader = rows.toBatches(100)) {
                    while (reader.loadNextBatch()) {
                      out.collect(reader.getVectorSchemaRoot());
                      source.delete("id >= 500");
                    }
                  }
                  assertThat(rows.countRows()).isEqualTo(count);
                }));

    assertThat(view.refresh().sourceVersion()).isEqualTo(1);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 1000));
    assertThat(view.refresh().sourceVersion()).isEqualTo(2);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 500));
  }

  @Test
  void indicesOfTheViewThatTheSwapDropsAreInTheReport() {

    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(100));
    assertThat(view.refresh().indicesLost()).isEmpty();
    new Foreign(database).buildIndex("view", "id");
    assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);
    source.add(Item.class, Item.range(1000, 1001));
    assertThat(view.refresh().indicesLost()).containsExactly("id_idx");
    source.add(Item.class, Item.range(1001, 1002));
    assertThat(view.refresh().indicesLost()).isEmpty();
  }

  @Test
  void refreshWhoseSourceVersionIsCleanedAwayBeginsAgainAtTheLatest() {

    AtomicInteger calls = new AtomicInteger();
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  if (calls.incrementAndGet() == 1) {
                    replaceSource(source);
                  }
                  new Copy(100).process(rows, out);
                }));
    RefreshReport report = view.refresh();
    assertThat(calls).hasValue(2);
    assertThat(report.sourceVersion()).isEqualTo(source.version());
    assertThat(Rows.items(view)).isEqualTo(Item.range(2000, 2010));
  }

  @Test
  void refreshOfAFixedVersionThatIsCleanedAwayNamesIt() {

    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  replaceSource(source);
                  new Copy(100).process(rows, out);
                }));
    assertThatThrownBy(() -> view.refresh(RefreshOptions.builder().sourceVersion(1).build()))
        .isInstanceOf(SourceVersionGoneException.class)
        .hasMessage(
            "Version 1 of 'items' was cleaned away while view 'view' was refreshed from it.");
  }

  /** Somebody writes the table anew, and removes what was before. */
  private void replaceSource(Table source) {
    new Foreign(database)
        .change(
            "items",
            dataset -> {
              dataset.delete("true");
            });
    source.add(Item.class, Item.range(2000, 2010));
    new Foreign(database)
        .change(
            "items",
            dataset ->
                dataset.cleanupWithPolicy(
                    org.lance.cleanup.CleanupPolicy.builder()
                        .withBeforeVersion(dataset.version())
                        .build()));
  }
}
