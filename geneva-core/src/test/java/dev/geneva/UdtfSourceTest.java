package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.TestUdtfs.Scripted;
import dev.geneva.TestUdtfs.ScriptedIn16MiB;
import dev.geneva.TestUdtfs.ScriptedOnTwoColumns;
import dev.geneva.udtf.BatchUdtf;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a function sees of its source. */
class UdtfSourceTest extends DatabaseTest {

  private Table table;

  @BeforeEach
  void createSource() {
    table = items("items", 0, 600);
    table.add(Item.class, Item.range(600, 1000));
  }

  /** Assertions that fail in a function fail its refresh, and so the test. */
  private RefreshReport refresh(Query query, BatchUdtf udtf) {
    return connection.createUdtfView("view", query, udtf).refresh();
  }

  @Test
  void batchesHoldTheRowsInOrderAndNoMoreThanAskedFor() {
    RefreshReport report =
        refresh(
            table.search(),
            Scripted.as(
                (source, out) -> {
                  try (ArrowReader reader = source.toBatches(64)) {
                    long next = 0;
                    while (reader.loadNextBatch()) {
                      VectorSchemaRoot root = reader.getVectorSchemaRoot();
                      assertThat(root.getRowCount()).isBetween(1, 64);
                      assertThat(Rows.of(root)).isEqualTo(rows(next, next + root.getRowCount()));
                      next += root.getRowCount();
                    }
                    assertThat(next).isEqualTo(1000);
                  }
                }));

    assertThat(report.rowsRead()).isEqualTo(1000);
  }

  @Test
  void toArrowHoldsAllRowsInOneRoot() {
    RefreshReport report =
        refresh(
            table.search(),
            Scripted.as(
                (source, out) -> {
                  try (VectorSchemaRoot root = source.toArrow()) {
                    assertThat(Rows.of(root)).isEqualTo(rows(0, 1000));
                    assertThat(root.getSchema()).isEqualTo(source.schema());
                  }
                }));

    assertThat(report.rowsRead()).isEqualTo(1000);
  }

  @Test
  void recordsAreTheRowsAndTheirStreamNeedNotBeClosed() {
    refresh(
        table.search(),
        Scripted.as(
            (source, out) -> {
              assertThat(source.records(Item.class)).isEqualTo(Item.range(0, 1000));
              Iterator<Id> some = source.records(Id.class).iterator();
              assertThat(some.next()).isEqualTo(new Id(0));
              Stream<Item> untouched = source.records(Item.class);
              assertThat(untouched).isNotNull();
            }));
  }

  @Test
  void eachTerminalCallReadsFromTheStartAndCountsAgain() {
    RefreshReport report =
        refresh(
            table.search(),
            Scripted.as(
                (source, out) -> {
                  assertThat(source.countRows()).isEqualTo(1000);
                  source.toArrow().close();
                  try (ArrowReader first = source.toBatches(100);
                      ArrowReader second = source.toBatches(10)) {
                    assertThat(first.loadNextBatch()).isTrue();
                    assertThat(second.loadNextBatch()).isTrue();
                    assertThat(Rows.of(second.getVectorSchemaRoot())).isEqualTo(rows(0, 10));
                    assertThat(Rows.of(first.getVectorSchemaRoot())).isEqualTo(rows(0, 100));
                  }
                  assertThat(source.records(Item.class).count()).isEqualTo(1000);
                }));

    assertThat(report.rowsRead()).isEqualTo(2110);
  }

  @Test
  void inputColumnsAreAllThatIsVisible() {
    refresh(
        table.search().where("name = 'name 5'"),
        ScriptedOnTwoColumns.as(
            (source, out) -> {
              assertThat(source.schema()).isEqualTo(new Schema(List.of(Rows.SCORE, Rows.ID)));
              try (ArrowReader reader = source.toBatches(100)) {
                assertThat(reader.getVectorSchemaRoot().getSchema()).isEqualTo(source.schema());
              }
              try (VectorSchemaRoot root = source.toArrow()) {
                assertThat(root.getSchema()).isEqualTo(source.schema());
                assertThat(Rows.of(root)).containsExactly(Rows.row(1.25, 5L));
              }
              assertThat(source.records(Id.class)).containsExactly(new Id(5));
              assertThatThrownBy(() -> source.records(Item.class))
                  .isInstanceOf(SchemaMismatchException.class)
                  .hasMessageContaining("no column 'name'");
              out.collectRecords(List.of(Item.of(5)));
            }));

    assertThat(Rows.items(connection.openUdtfView("view"))).containsExactly(Item.of(5));
  }

  @Test
  void sourceIsSeenThroughTheQuery() {
    refresh(
        table.search().select("name", "id").where("id >= 590").limit(20).offset(3),
        Scripted.as(
            (source, out) -> {
              assertThat(source.schema()).isEqualTo(new Schema(List.of(Rows.NAME, Rows.ID)));
              assertThat(source.countRows()).isEqualTo(20);
              assertThat(source.records(Id.class).map(Id::id).toList())
                  .isEqualTo(Item.range(593, 613).stream().map(Item::id).toList());
            }));
  }

  @Test
  void sourceWithoutPartitionsHasNoKey() {
    refresh(table.search(), Scripted.as((source, out) -> assertThat(source.partition()).isEmpty()));
  }

  @Test
  void allocatorIsLimitedByTheMemoryThatTheFunctionAsksFor() {
    refresh(
        table.search(),
        ScriptedIn16MiB.as(
            (source, out) -> {
              assertThat(source.allocator().getLimit()).isEqualTo(16 << 20);
              assertThat(source.allocator().getAllocatedMemory()).isZero();
              source.allocator().buffer(15 << 20).close();
            }));
  }

  @Test
  void batchesThatPassThroughDoNotCountAgainstTheMemory() {
    refresh(
        table.search(),
        ScriptedIn16MiB.as(
            (source, out) -> {
              try (ArrowReader reader = source.toBatches(1000)) {
                while (reader.loadNextBatch()) {
                  assertThat(source.allocator().getAllocatedMemory()).isZero();
                  out.collect(reader.getVectorSchemaRoot());
                }
              }
            }));
  }

  @Test
  void batchSizeOfNoRowsIsRefused() {
    refresh(
        table.search(),
        Scripted.as(
            (source, out) ->
                assertThatThrownBy(() -> source.toBatches(0))
                    .isInstanceOf(InvalidDefinitionException.class)
                    .hasMessageContaining("batchSize must be at least 1, not 0")));
  }

  @Test
  void eachAttemptGetsAnInstanceOfItsOwn() {
    UdtfView view = connection.createUdtfView("view", table.search(), new TestUdtfs.Counting());

    view.refresh();
    assertThat(Rows.items(view)).containsExactly(new Item(1, "calls of this instance", 0));
    table.delete("id = 1");
    view.refresh();
    assertThat(Rows.items(view)).containsExactly(new Item(1, "calls of this instance", 0));
  }
}
