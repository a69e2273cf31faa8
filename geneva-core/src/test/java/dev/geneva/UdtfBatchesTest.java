package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.TestUdtfs.Scripted;
import dev.geneva.TestUdtfs.ScriptedIn16MiB;
import dev.geneva.udtf.BatchUdtf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.table.Table;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** What a function may yield, and in which forms. */
class UdtfBatchesTest extends DatabaseTest {

  private static final Schema ALL_NULLABLE =
      new Schema(
          List.of(
              Rows.optional("id", Rows.INT64), Rows.NAME, Rows.optional("score", Rows.FLOAT64)));

  private RefreshReport refresh(BatchUdtf udtf) {
    return connection.createUdtfView("view", items("items", 0, 10).search(), udtf).refresh();
  }

  private List<Item> view() {
    return Rows.items(connection.openUdtfView("view"));
  }

  @Test
  void noBatchAtAllGivesAnEmptyView() {
    RefreshReport report = refresh(Scripted.as((source, out) -> {}));

    assertThat(report.batchesWritten()).isZero();
    assertThat(report.rowsRead()).isZero();
    assertThat(view()).isEmpty();
    assertUpToDate();
  }

  @Test
  void emptyBatchesCountAndAddNoRows() {
    RefreshReport report =
        refresh(
            Scripted.as(
                (source, out) -> {
                  try (VectorSchemaRoot root =
                      VectorSchemaRoot.create(Rows.ITEM, source.allocator())) {
                    out.collect(root);
                    Rows.fill(root, rows(0, 3));
                    out.collect(root);
                    root.setRowCount(0);
                    out.collect(root);
                    root.clear();
                    out.collect(root);
                    Rows.fill(root, rows(3, 5));
                    out.collect(root);
                  }
                }));

    assertThat(report.batchesWritten()).isEqualTo(5);
    assertThat(report.rowsWritten()).isEqualTo(5);
    assertThat(view()).isEqualTo(Item.range(0, 5));
  }

  @Test
  void onlyEmptyBatchesGiveAnEmptyView() {
    RefreshReport report =
        refresh(
            Scripted.as(
                (source, out) -> {
                  try (VectorSchemaRoot root =
                      VectorSchemaRoot.create(Rows.ITEM, source.allocator())) {
                    out.collect(root);
                    out.collect(root);
                  }
                }));

    assertThat(report.batchesWritten()).isEqualTo(2);
    assertThat(view()).isEmpty();
    assertUpToDate();
  }

  /** Its texts don't begin at the beginning of their buffer. */
  @Test
  void partOfABatchOfLanceIsABatch() {
    Query rest = items("items", 0, 30).search().where("name IS NOT NULL").offset(12);
    connection.createUdtfView("view", rest, new TestUdtfs.Copy(100)).refresh();

    List<Item> named = Item.range(0, 30).stream().filter(item -> item.name() != null).toList();
    assertThat(view()).isEqualTo(named.subList(12, named.size()));
  }

  @Test
  void tableOfArrowIsABatchAndRemainsItsOwners() {
    RefreshReport report =
        refresh(
            Scripted.as(
                (source, out) -> {
                  try (Table table = new Table(source.toArrow())) {
                    out.collect(table);
                    out.collect(table);
                    assertThat(table.getRowCount()).isEqualTo(10);
                    assertThat(table.immutableRow().setPosition(9).getBigInt("id")).isEqualTo(9);
                  }
                }));

    assertThat(report.batchesWritten()).isEqualTo(2);
    assertThat(report.rowsRead()).isEqualTo(10);
    assertThat(view().subList(0, 10)).isEqualTo(Item.range(0, 10));
    assertThat(view().subList(10, 20)).isEqualTo(Item.range(0, 10));
  }

  @Test
  void emptyTableOfArrowIsABatch() {
    RefreshReport report =
        refresh(
            Scripted.as(
                (source, out) -> {
                  try (Table table =
                      new Table(VectorSchemaRoot.create(Rows.ITEM, source.allocator()))) {
                    out.collect(table);
                  }
                }));

    assertThat(report.batchesWritten()).isEqualTo(1);
    assertThat(view()).isEmpty();
  }

  @Test
  void recordsAreABatchOrMore() {
    RefreshReport report =
        refresh(
            Scripted.as(
                (source, out) -> {
                  out.collectRecords(List.of());
                  out.collectRecords(Item.range(0, 2));
                  Iterable<Item> lazy =
                      () -> LongStream.range(2, 10_000).mapToObj(Item::of).iterator();
                  out.collectRecords(lazy);
                }));

    assertThat(report.rowsWritten()).isEqualTo(10_000);
    assertThat(report.batchesWritten()).isGreaterThanOrEqualTo(2);
    assertThat(view()).isEqualTo(Item.range(0, 10_000));
  }

  @Test
  void rootMayBeCollectedAgainAndRefilledInPlace() {
    int batches = 200;
    RefreshReport report =
        refresh(
            Scripted.as(
                (source, out) -> {
                  try (VectorSchemaRoot root = Rows.root(source.allocator(), Item.range(0, 100))) {
                    BigIntVector ids = (BigIntVector) root.getVector("id");
                    Float8Vector scores = (Float8Vector) root.getVector("score");
                    for (int batch = 0; batch < batches; batch++) {
                      for (int row = 0; row < 100; row++) {
                        ids.set(row, batch * 100L + row);
                        scores.set(row, batch);
                      }
                      out.collect(root);
                    }
                    // What was collected is no longer this root's.
                    root.getFieldVectors().forEach(vector -> vector.getDataBuffer().setZero(0, 64));
                  }
                }));

    assertThat(report.batchesWritten()).isEqualTo(batches);
    List<Item> view = view();
    assertThat(view).hasSize(batches * 100);
    for (int i = 0; i < view.size(); i++) {
      Item expected = new Item(i, Item.of(i % 100).name(), Math.floorDiv(i, 100));
      assertThat(view.get(i)).isEqualTo(expected);
    }
  }

  @Test
  void rootMayBeClosedAsSoonAsItIsCollected() {
    refresh(
        Scripted.as(
            (source, out) -> {
              for (int batch = 0; batch < 50; batch++) {
                try (BufferAllocator foreign = new RootAllocator();
                    VectorSchemaRoot root =
                        Rows.root(foreign, Item.range(batch * 10L, batch * 10L + 10))) {
                  out.collect(root);
                }
              }
            }));

    assertThat(view()).isEqualTo(Item.range(0, 500));
  }

  @Test
  void vectorsAreTheSameAfterTheyWereCollected() {
    refresh(
        Scripted.as(
            (source, out) -> {
              try (VectorSchemaRoot root = source.toArrow()) {
                List<List<Object>> before = Rows.of(root);
                out.collect(root);
                assertThat(Rows.of(root)).isEqualTo(before).isEqualTo(rows(0, 10));
              }
            }));
  }

  @Test
  void sliceOfARootIsABatch() {
    refresh(
        Scripted.as(
            (source, out) -> {
              try (VectorSchemaRoot root = Rows.root(source.allocator(), Item.range(0, 1000))) {
                for (int from = 0; from < 1000; from += 7) {
                  try (VectorSchemaRoot slice = root.slice(from, Math.min(7, 1000 - from))) {
                    out.collect(slice);
                  }
                }
              }
            }));

    assertThat(view()).isEqualTo(Item.range(0, 1000));
  }

  @Test
  void rowCountAndNotTheVectorsSaysHowManyRowsThereAre() {
    refresh(
        Scripted.as(
            (source, out) -> {
              try (VectorSchemaRoot root = Rows.root(source.allocator(), Item.range(0, 100))) {
                root.setRowCount(30);
                out.collect(root);
              }
            }));

    assertThat(view()).isEqualTo(Item.range(0, 30));
  }

  @Test
  void nullableVectorsWithoutNullsGoIntoNonNullColumns() {
    refresh(
        Scripted.as(
            (source, out) -> {
              try (VectorSchemaRoot root =
                  Rows.root(source.allocator(), ALL_NULLABLE, rows(0, 20))) {
                out.collect(root);
              }
            }));

    assertThat(view()).isEqualTo(Item.range(0, 20));
    assertThat(connection.openUdtfView("view").schema()).isEqualTo(Rows.ITEM);
  }

  @Test
  void nonNullVectorGoesIntoANullableColumn() {
    Schema nonNull = new Schema(List.of(Rows.ID, Rows.required("name", Rows.TEXT), Rows.SCORE));
    refresh(
        Scripted.as(
            (source, out) -> {
              try (VectorSchemaRoot root =
                  Rows.root(source.allocator(), nonNull, List.of(Rows.row(1, "x", 2.5)))) {
                out.collect(root);
              }
            }));

    assertThat(view()).containsExactly(new Item(1, "x", 2.5));
  }

  @Test
  void readersRootIsABatchAsItIs() {
    refresh(
        Scripted.as(
            (source, out) -> {
              try (ArrowReader reader = source.toBatches(3)) {
                while (reader.loadNextBatch()) {
                  out.collect(reader.getVectorSchemaRoot());
                }
              }
            }));

    assertThat(view()).isEqualTo(Item.range(0, 10));
  }

  @Test
  void manySmallBatchesMakeFewFiles() {
    RefreshReport report =
        refresh(
            Scripted.as(
                (source, out) -> {
                  for (long id = 0; id < 3000; id++) {
                    out.collectRecords(List.of(Item.of(id)));
                  }
                }));

    assertThat(report.batchesWritten()).isEqualTo(3000);
    assertThat(view()).isEqualTo(Item.range(0, 3000));
    assertThat(Tree.names(database.resolve("view.lance/data"))).hasSizeLessThan(300);
  }

  @Test
  void functionThatYieldsFasterThanTheWriterWritesStaysWithinItsMemory() {
    int batches = 150;
    int rows = 1 << 17; // 2 MiB and a bit
    RefreshReport report =
        refresh(
            ScriptedIn16MiB.as(
                (source, out) -> {
                  try (VectorSchemaRoot root =
                      VectorSchemaRoot.create(Rows.ITEM, source.allocator())) {
                    root.allocateNew();
                    ((BigIntVector) root.getVector("id")).setSafe(rows - 1, 7);
                    ((Float8Vector) root.getVector("score")).setSafe(rows - 1, 0.5);
                    for (int row = 0; row < rows; row++) {
                      ((BigIntVector) root.getVector("id")).set(row, row);
                      ((Float8Vector) root.getVector("score")).set(row, row);
                    }
                    root.setRowCount(rows);
                    for (int batch = 0; batch < batches; batch++) {
                      out.collect(root);
                    }
                  }
                }));

    assertThat(report.rowsWritten()).isEqualTo((long) batches * rows);
    assertThat(connection.openUdtfView("view").countRows()).isEqualTo((long) batches * rows);
  }

  @Test
  void firstAttemptHasNoCompletedBatches() {
    List<Integer> completed = new ArrayList<>();
    refresh(
        Scripted.as(
            (source, out) -> {
              completed.add(out.completedBatches());
              out.collectRecords(Item.range(0, 1));
              completed.add(out.completedBatches());
            }));

    assertThat(completed).containsExactly(0, 0);
  }

  private void assertUpToDate() {
    assertThat(connection.openUdtfView("view").refresh().status())
        .isEqualTo(RefreshReport.Status.UP_TO_DATE);
  }
}
