package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class TableTest extends DatabaseTest {

  @Test
  void tableHoldsTheRowsOfAllBatchesOfAReader() {
    BatchSource rows =
        new BatchSource(
            allocator,
            Rows.ITEM,
            BatchSource.items(0, 3),
            BatchSource.items(3, 3),
            BatchSource.items(3, 2000));

    Table table = connection.createTable("items", rows);

    assertThat(Rows.of(table.search())).isEqualTo(rows(0, 2000));
    assertThat(rows.isClosed()).isTrue();
  }

  @Test
  void tableHoldsACopyOfARootWhichRemainsItsOwners() {
    try (VectorSchemaRoot root = Rows.root(allocator, Item.range(0, 10))) {
      Table table = connection.createTable("items", root);

      assertThat(Rows.of(root)).isEqualTo(rows(0, 10));
      Rows.fill(root, rows(10, 12));
      assertThat(Rows.of(table.search())).isEqualTo(rows(0, 10));
    }
  }

  @Test
  void tableHoldsRecordsInTheirOrder() {
    Table table = items("items", 0, 10_000);

    assertThat(Rows.items(table)).isEqualTo(Item.range(0, 10_000));
    assertThat(table.schema()).isEqualTo(Rows.ITEM);
  }

  @Test
  void tableWithoutRowsHasItsColumns() {
    Table ofReader = connection.createTable("reader", new BatchSource(allocator, Rows.ITEM));
    Table ofRecords = connection.createTable("records", Item.class, List.of());
    Table ofRoot;
    try (VectorSchemaRoot root = VectorSchemaRoot.create(Rows.ITEM, allocator)) {
      ofRoot = connection.createTable("root", root);
    }

    for (Table table : List.of(ofReader, ofRecords, ofRoot)) {
      assertThat(table.schema()).isEqualTo(Rows.ITEM);
      assertThat(table.countRows()).isZero();
      assertThat(Rows.of(table.search())).isEmpty();
    }
  }

  @Test
  void tableIsOpenedByName() {
    items("items", 0, 5);

    Table opened = connection.openTable("items");

    assertThat(opened.name()).isEqualTo("items");
    assertThat(opened.countRows()).isEqualTo(5);
  }

  @Test
  void tableIsOpenedByAnotherConnection() {
    items("items", 0, 5);

    try (Connection other = Geneva.connect(database.toUri().toString())) {
      assertThat(Rows.items(other.openTable("items"))).isEqualTo(Item.range(0, 5));
    }
  }

  @Test
  void tableNamesAreInOrderAndLeaveViewsOut() {
    Table source = items("b", 0, 1);
    items("a", 0, 1);
    items("B-2.x_", 0, 1);
    connection.createUdtfView("ab", source.search(), new TestUdtfs.Copy(10));

    assertThat(connection.tableNames()).containsExactly("B-2.x_", "a", "b");
  }

  @Test
  void databaseWithoutTablesHasNoNamesAndNoFolder() {
    assertThat(connection.tableNames()).isEmpty();
    assertThat(database).doesNotExist();
  }

  @Test
  void droppedTableIsGoneAndItsNameIsFree() {
    items("items", 0, 5);

    connection.dropTable("items");

    assertThat(connection.tableNames()).isEmpty();
    assertThat(database.resolve("items.lance")).doesNotExist();
    assertThat(items("items", 7, 9).countRows()).isEqualTo(2);
  }

  @Test
  void addedRowsFollowThoseThatWereThere() {
    Table table = items("items", 0, 3);

    long first = table.add(Item.class, Item.range(3, 5));
    long second =
        table.add(
            new BatchSource(
                allocator, Rows.ITEM, BatchSource.items(5, 6), BatchSource.items(6, 9)));
    long third;
    try (VectorSchemaRoot root = Rows.root(allocator, Item.range(9, 10))) {
      third = table.add(root);
      assertThat(Rows.of(root)).isEqualTo(rows(9, 10));
    }

    assertThat(List.of(first, second, third)).containsExactly(2L, 3L, 4L);
    assertThat(table.version()).isEqualTo(4);
    assertThat(Rows.items(table)).isEqualTo(Item.range(0, 10));
  }

  @Test
  void addingNoRowsWritesNothing() {
    Table table = items("items", 0, 3);
    var before = Tree.of(database);

    try (VectorSchemaRoot root = VectorSchemaRoot.create(Rows.ITEM, allocator)) {
      assertThat(table.add(root)).isEqualTo(1);
    }
    assertThat(table.add(Item.class, List.of())).isEqualTo(1);
    assertThat(table.add(new BatchSource(allocator, Rows.ITEM))).isEqualTo(1);

    assertThat(Tree.of(database)).isEqualTo(before);
  }

  @Test
  void nullableVectorWithoutNullsGoesIntoANonNullColumn() {
    Table table = items("items", 0, 3);
    Schema nullable =
        new Schema(
            List.of(
                Rows.optional("id", Rows.INT64), Rows.NAME, Rows.optional("score", Rows.FLOAT64)));

    try (VectorSchemaRoot root = Rows.root(allocator, nullable, rows(3, 5))) {
      table.add(root);
    }

    assertThat(Rows.items(table)).isEqualTo(Item.range(0, 5));
    assertThat(table.schema()).isEqualTo(Rows.ITEM);
  }

  @Test
  void deletedRowsAreGoneFromTheNewVersionOnly() {
    Table table = items("items", 0, 10);

    long version = table.delete("id >= 3 AND id < 8");

    assertThat(version).isEqualTo(2);
    assertThat(table.countRows()).isEqualTo(5);
    assertThat(table.search().select("id").records(Id.class).map(Id::id))
        .containsExactly(0L, 1L, 2L, 8L, 9L);
    assertThat(table.at(1).countRows()).isEqualTo(10);
  }

  @Test
  void deletingAllRowsLeavesAnEmptyTable() {
    Table table = items("items", 0, 10);

    table.delete("true");

    assertThat(table.countRows()).isZero();
    assertThat(table.schema()).isEqualTo(Rows.ITEM);
    table.add(Item.class, Item.range(0, 1));
    assertThat(Rows.items(table)).isEqualTo(Item.range(0, 1));
  }

  @Test
  void deletingNoRowWritesNothing() {
    Table table = items("items", 0, 3);
    var before = Tree.of(database);

    assertThat(table.delete("id > 100")).isEqualTo(1);

    assertThat(Tree.of(database)).isEqualTo(before);
  }

  @Test
  void pinnedTableStaysAsItWas() {
    Table table = items("items", 0, 3);
    Table pinned = table.at(1);
    Query query = pinned.search().where("id > 0");

    table.add(Item.class, Item.range(3, 6));
    table.delete("id = 1");

    assertThat(pinned.version()).isEqualTo(1);
    assertThat(pinned.countRows()).isEqualTo(3);
    assertThat(Rows.items(pinned)).isEqualTo(Item.range(0, 3));
    assertThat(Rows.of(query)).isEqualTo(rows(1, 3));
    assertThat(table.at(2).countRows()).isEqualTo(6);
    assertThat(pinned.at(3).countRows()).isEqualTo(5);
  }

  @Test
  void handleSeesWhatAnotherConnectionAdds() {
    Table table = items("items", 0, 3);

    try (Connection other = Geneva.connect(database.toString())) {
      for (int i = 0; i < 5; i++) {
        other.openTable("items").add(Item.class, Item.range(3 + i, 4 + i));
        assertThat(table.countRows()).isEqualTo(4 + i);
        assertThat(table.version()).isEqualTo(2 + i);
      }
    }
  }

  @Test
  void handleSeesTheTableThatWasCreatedAnewInItsPlace() {
    Table table = items("items", 0, 3);
    assertThat(table.countRows()).isEqualTo(3);

    try (Connection other = Geneva.connect(database.toString())) {
      other.dropTable("items");
      other.createTable("items", Id.class, List.of(new Id(42)));
    }

    assertThat(table.version()).isEqualTo(1);
    assertThat(table.schema().getFields()).containsExactly(Rows.ID);
    assertThat(Rows.of(table.search())).containsExactly(List.of(42L));
  }

  @Test
  void openReaderKeepsToItsVersion() throws Exception {
    Table table = items("items", 0, 3000);

    try (var reader = table.search().toBatches(1000)) {
      assertThat(reader.loadNextBatch()).isTrue();
      table.delete("id < 2999");

      int rows = reader.getVectorSchemaRoot().getRowCount();
      while (reader.loadNextBatch()) {
        rows += reader.getVectorSchemaRoot().getRowCount();
      }
      assertThat(rows).isEqualTo(3000);
    }
    assertThat(table.countRows()).isEqualTo(1);
  }
}
