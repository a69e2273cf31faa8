package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets a typed error that names the thing, and nothing has changed. */
class TableErrorsTest extends DatabaseTest {

  @Test
  void takenNameIsRefusedInEveryForm() {
    Table table = items("taken", 0, 3);
    var before = Tree.of(database);
    BatchSource reader = new BatchSource(allocator, Rows.ITEM, BatchSource.items(5, 6));

    refused(AlreadyExistsException.class, () -> connection.createTable("taken", reader), "'taken'");
    refused(AlreadyExistsException.class, () -> items("taken", 0, 1), "'taken'");
    try (VectorSchemaRoot root = Rows.root(allocator, Item.range(0, 1))) {
      refused(AlreadyExistsException.class, () -> connection.createTable("taken", root), "'taken'");
    }
    refused(
        AlreadyExistsException.class,
        () -> connection.createUdtfView("taken", table.search(), new TestUdtfs.Copy(1)),
        "'taken'");

    assertThat(reader.isClosed()).isTrue();
    assertThat(Tree.of(database)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "../x", "a/b", "a\\b", ".hidden", "-x", "a b", "ü", "a\0b", "a\n"})
  void illegalNameIsRefused(String name) {
    Table table = items("items", 0, 1);
    var before = Tree.of(folder);
    BatchSource reader = new BatchSource(allocator, Rows.ITEM);

    refused(
        InvalidDefinitionException.class,
        () -> connection.createTable(name, reader),
        "can't be a table's name");
    refused(
        InvalidDefinitionException.class, () -> connection.openTable(name), "can't be a table's");
    refused(
        InvalidDefinitionException.class,
        () -> connection.createUdtfView(name, table.search(), new TestUdtfs.Copy(1)),
        "can't be a table's name");

    assertThat(reader.isClosed()).isTrue();
    assertThat(Tree.of(folder)).isEqualTo(before);
  }

  @Test
  void nameOf200LettersIsLegalAndLongerIsNot() {
    assertThat(items("x".repeat(200), 0, 1).countRows()).isEqualTo(1);
    refused(InvalidDefinitionException.class, () -> items("x".repeat(201), 0, 1), "1 to 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "a`b", "a.b", "_rowid"})
  void columnNameThatLanceCannotReadIsRefused(String column) {
    Schema schema = new Schema(List.of(Rows.ID, Rows.optional(column, Rows.TEXT)));

    refused(
        InvalidDefinitionException.class,
        () -> connection.createTable("items", new BatchSource(allocator, schema)),
        column,
        "'items'");
    try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      refused(
          InvalidDefinitionException.class, () -> connection.createTable("items", root), column);
    }

    assertThat(database.resolve("items.lance")).doesNotExist();
  }

  @Test
  void missingDatabaseIsNamed() {
    refused(
        NotFoundException.class, () -> connection.openTable("items"), "No database at " + database);
  }

  @Test
  void fileInPlaceOfADatabaseIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    refused(
        NotFoundException.class,
        () -> Geneva.connect(file.toString()),
        file + ": it isn't a folder");
  }

  @Test
  void folderThatCannotBeMadeIsAStorageError() throws Exception {
    Files.writeString(folder.resolve("file"), "in the way");

    try (Connection below = Geneva.connect(folder.resolve("file/db").toString())) {
      refused(
          StorageException.class,
          () -> below.createTable("items", Item.class, Item.range(0, 1)),
          "file/db");
    }
  }

  @Test
  void databaseOfAnUnknownSchemeIsRefused() {
    refused(
        InvalidDefinitionException.class,
        () -> Geneva.connect("ftp://somebody:password@host/db"),
        "Can't open a database at ftp:…: it must be a path or a URI that begins with file:, s3://,"
            + " gs:// or az://.");
  }

  @Test
  void missingTableIsNamedWithTheNearest() {
    items("images", 0, 1);

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> connection.openTable("imagse"),
            () -> connection.dropTable("imagse"),
            () -> connection.openUdtfView("imagse"),
            () -> connection.dropUdtfView("imagse"))) {
      refused(NotFoundException.class, call, "No 'imagse'", "did you mean 'images'?");
    }
  }

  @Test
  void viewIsNoTableAndTableIsNoView() {
    Table table = items("items", 0, 1);
    connection.createUdtfView("view", table.search(), new TestUdtfs.Copy(1));
    var before = Tree.of(database);

    refused(NotFoundException.class, () -> connection.openTable("view"), "'view' is a view");
    refused(NotFoundException.class, () -> connection.dropTable("view"), "'view' is a view");
    refused(NotFoundException.class, () -> connection.openUdtfView("items"), "'items' is a table");
    refused(NotFoundException.class, () -> connection.dropUdtfView("items"), "'items' is a table");

    assertThat(Tree.of(database)).isEqualTo(before);
  }

  @Test
  void handleOfADroppedTableSaysThatItIsGone() {
    Table table = items("items", 0, 1);
    connection.dropTable("items");

    refused(NotFoundException.class, table::version, "'items'");
    refused(NotFoundException.class, table::countRows, "'items'");
    refused(NotFoundException.class, () -> table.search().toArrow(), "'items'");
    refused(NotFoundException.class, () -> table.add(Item.class, Item.range(0, 1)), "'items'");
    assertThat(database.resolve("items.lance")).doesNotExist();
  }

  @Test
  void missingVersionIsNamed() {
    Table table = items("items", 0, 1);

    refused(NotFoundException.class, () -> table.at(7), "No version 7 of 'items'");
    refused(NotFoundException.class, () -> table.at(0), "No version 0 of 'items'");
    refused(NotFoundException.class, () -> table.at(-1), "No version -1 of 'items'");
  }

  @Test
  void pinnedTableCannotBeChanged() {
    Table pinned = items("items", 0, 3).at(1);
    var before = Tree.of(database);
    BatchSource reader = new BatchSource(allocator, Rows.ITEM, BatchSource.items(0, 1));

    refused(
        InvalidDefinitionException.class,
        () -> pinned.add(Item.class, Item.range(0, 1)),
        "'items' at version 1");
    refused(InvalidDefinitionException.class, () -> pinned.add(reader), "'items' at version 1");
    refused(InvalidDefinitionException.class, () -> pinned.delete("true"), "'items' at version 1");

    assertThat(reader.isClosed()).isTrue();
    assertThat(Tree.of(database)).isEqualTo(before);
  }

  @Test
  void deleteByAMissingColumnNamesTheNearest() {
    Table table = items("items", 0, 3);

    refused(
        NotFoundException.class,
        () -> table.delete("scor > 1"),
        "No column 'scor'",
        "did you mean 'score'?");

    assertThat(table.version()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "id = 1 oops",
        "id = 1; DROP TABLE items",
        "id = 1) OR (true",
        "(id = 1",
        "id = 1)",
        "name = 'open",
        "`id = 1",
        "id = 1 /* open",
        "id ==== 1",
        "-- nothing",
        "SELECT 1",
        "id"
      })
  void predicateThatIsNotOneChangesNothing(String predicate) {
    Table table = items("items", 0, 3);
    var before = Tree.of(database);

    assertThatThrownBy(() -> table.delete(predicate))
        .isInstanceOf(InvalidDefinitionException.class);
    assertThatThrownBy(() -> Rows.of(table.search().where(predicate)))
        .isInstanceOf(InvalidDefinitionException.class);
    assertThatThrownBy(() -> table.search().where(predicate).countRows())
        .isInstanceOf(InvalidDefinitionException.class);
    assertThatThrownBy(
            () ->
                connection.createUdtfView(
                    "view", table.search().where(predicate), new TestUdtfs.Copy(1)))
        .isInstanceOf(InvalidDefinitionException.class);

    assertThat(Tree.of(database)).isEqualTo(before);
  }

  @Test
  void truncatedDataFileIsAStorageErrorThatNamesTheTable() throws Exception {
    Table table = items("items", 0, 5000);
    truncateDataFile("items");

    refused(StorageException.class, () -> Rows.of(table.search()), "'items'");
    refused(StorageException.class, () -> table.search().toArrow().close(), "'items'");
    refused(StorageException.class, () -> Rows.items(table), "'items'");
  }

  @Test
  void missingDataFileIsAStorageErrorThatNamesTheTable() throws Exception {
    Table table = items("items", 0, 5000);
    Path data = database.resolve("items.lance/data");
    Files.delete(data.resolve(Tree.names(data).get(0)));

    refused(StorageException.class, () -> Rows.of(table.search()), "'items'");
  }

  @Test
  void connectionThatIsClosedSaysSo() throws IOException {
    Table table = items("items", 0, 1);
    UdtfView view = connection.createUdtfView("view", table.search(), new TestUdtfs.Copy(1));
    connection.close();
    Map<String, String> before = Tree.of(database);

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> connection.openTable("items"),
            () -> connection.tableNames(),
            () -> connection.udtfViewNames(),
            () -> items("more", 0, 1),
            () -> connection.dropTable("items"),
            () -> connection.dropUdtfView("view"),
            () -> connection.createUdtfView("v2", table.search(), new TestUdtfs.Copy(1)),
            table::countRows,
            table::version,
            () -> table.at(1),
            () -> table.add(Item.class, Item.range(0, 1)),
            () -> table.delete("true"),
            () -> table.search().toArrow(),
            view::refresh,
            view::plan,
            view::history)) {
      refused(IllegalStateException.class, call, "The connection is closed");
    }
    assertThat(Tree.of(database)).isEqualTo(before);
  }

  @Test
  void connectionThatIsClosedOverAnOpenRootSaysWhatIsLeft() {
    items("items", 0, 10);
    Connection other = Geneva.connect(database.toString());
    VectorSchemaRoot left = other.openTable("items").search().toArrow();

    refused(IllegalStateException.class, other::close, "leaked");

    assertThat(left.getRowCount()).isEqualTo(10);
    other.close(); // once is enough
  }

  private void truncateDataFile(String table) throws IOException {
    Path data = database.resolve(table + ".lance/data");
    Path file = data.resolve(Tree.names(data).get(0));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static void refused(
      Class<? extends RuntimeException> type, ThrowingCallable call, String... inMessage) {
    assertThatThrownBy(call).isInstanceOf(type).hasMessageContainingAll(inMessage);
  }
}
