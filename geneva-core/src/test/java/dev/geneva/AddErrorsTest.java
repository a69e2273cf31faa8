package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.udtf.ArrowRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that don't fit a table, and readers that fail: the table is as it was. */
class AddErrorsTest extends DatabaseTest {

  private Table table;

  @ArrowRecord
  record IdAndName(long id, String name) {}

  @BeforeEach
  void createTable() {
    table = items("items", 0, 3);
  }

  static Stream<Arguments> misfits() {
    Field nameless = Rows.required("name", Rows.TEXT);
    return Stream.of(
        misfit("name", List.of(Rows.ID, Rows.optional("nam", Rows.TEXT), Rows.SCORE), "'nam'"),
        misfit(
            "type",
            List.of(Rows.ID, Rows.NAME, Rows.required("score", Rows.INT64)),
            "column 'score' must be FloatingPoint(DOUBLE), not Int(64, true)"),
        misfit(
            "width",
            List.of(Rows.required("id", Rows.INT32), nameless, Rows.SCORE),
            "column 'id' must be Int(64, true), not Int(32, true)"),
        misfit("order", List.of(Rows.NAME, Rows.ID, Rows.SCORE), "another order"),
        misfit("a column less", List.of(Rows.ID, Rows.NAME), "3 columns", "not 2"),
        misfit(
            "a column more",
            List.of(Rows.ID, Rows.NAME, Rows.SCORE, Rows.optional("x", Rows.TEXT)),
            "3 columns",
            "not 4"));
  }

  private static Arguments misfit(String what, List<Field> fields, String... inMessage) {
    return Arguments.of(Named.of(what, new Schema(fields)), inMessage);
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void rowsOfOtherColumnsAreRefused(Schema schema, String[] inMessage) {
    var before = Tree.of(database);
    BatchSource reader = new BatchSource(allocator, schema);

    try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      assertThatThrownBy(() -> table.add(root))
          .isInstanceOf(SchemaMismatchException.class)
          .hasMessageContaining("'items'")
          .hasMessageContainingAll(inMessage);
    }
    assertThatThrownBy(() -> table.add(reader))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContainingAll(inMessage);

    assertThat(reader.isClosed()).isTrue();
    assertThat(Tree.of(database)).isEqualTo(before);
  }

  @Test
  void recordsOfOtherColumnsAreRefused() {
    var before = Tree.of(database);

    assertThatThrownBy(() -> table.add(IdAndName.class, List.of(new IdAndName(1, "x"))))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining("3 columns");

    assertThat(Tree.of(database)).isEqualTo(before);
  }

  @Test
  void nullInANonNullColumnIsRefused() {
    Schema nullable = new Schema(List.of(Rows.optional("id", Rows.INT64), Rows.NAME, Rows.SCORE));

    try (VectorSchemaRoot root =
        Rows.root(allocator, nullable, List.of(Rows.row(3, "x", 1.0), Rows.row(null, "y", 2.0)))) {
      assertThatThrownBy(() -> table.add(root))
          .isInstanceOf(SchemaMismatchException.class)
          .hasMessageContaining("column 'id' must not be null, but row 1 is");
    }

    assertUnchanged();
  }

  @Test
  void nullInALaterBatchAddsNothingOfTheEarlierOnes() {
    Schema nullable = new Schema(List.of(Rows.optional("id", Rows.INT64), Rows.NAME, Rows.SCORE));
    BatchSource reader =
        new BatchSource(
            allocator,
            nullable,
            BatchSource.items(3, 5000),
            () -> List.of(Rows.row(null, null, 1.0)));

    assertThatThrownBy(() -> table.add(reader))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining("batch 2: column 'id' must not be null");

    assertThat(reader.isClosed()).isTrue();
    assertUnchanged();
  }

  @Test
  void nullRecordIsRefused() {
    List<Item> items = new ArrayList<>(Item.range(3, 9));
    items.set(4, null);

    assertThatThrownBy(() -> table.add(Item.class, items)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> connection.createTable("other", Item.class, items))
        .isInstanceOf(NullPointerException.class);

    assertUnchanged();
  }

  @Test
  void nullComponentIsRefused() {
    assertThatThrownBy(
            () -> connection.createTable("other", IdAndName.class, List.of(new IdAndName(1, null))))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("name");

    assertUnchanged();
  }

  static Stream<Arguments> failures() {
    return Stream.of(
            new IllegalStateException("unchecked, on purpose"),
            new IOException("I/O, on purpose"),
            new AssertionError("error, on purpose"))
        .flatMap(
            failure ->
                Stream.of(0, 1, 3)
                    .map(before -> Arguments.of(Named.of(failure.getMessage(), failure), before)));
  }

  @ParameterizedTest(name = "{0} after {1} batches")
  @MethodSource("failures")
  void readerThatFailsChangesNothing(Throwable failure, int batches) {
    assertFailsWith(failure, () -> table.add(failing(failure, batches)));
    assertFailsWith(failure, () -> connection.createTable("other", failing(failure, batches)));

    assertUnchanged();
    assertThat(database.resolve("other.lance")).doesNotExist();
    assertThat(items("other", 0, 2).countRows()).as("the name is still free").isEqualTo(2);
  }

  @Test
  void recordsThatFailChangeNothing() {
    IllegalStateException failure = new IllegalStateException("on purpose");
    Iterable<Item> items =
        () -> Stream.iterate(0L, id -> id + 1).map(id -> itemUpTo(9000, id, failure)).iterator();

    assertThatThrownBy(() -> table.add(Item.class, items)).isSameAs(failure);
    assertThatThrownBy(() -> connection.createTable("other", Item.class, items)).isSameAs(failure);

    assertUnchanged();
  }

  private static Item itemUpTo(long last, long id, RuntimeException failure) {
    if (id > last) {
      throw failure;
    }
    return Item.of(id);
  }

  private BatchSource failing(Throwable failure, int after) {
    BatchSource.Batch[] batches = new BatchSource.Batch[after + 1];
    for (int i = 0; i < after; i++) {
      batches[i] = BatchSource.items(i * 1000L, i * 1000L + 1000);
    }
    batches[after] =
        () -> {
          if (failure instanceof IOException io) {
            throw io;
          }
          if (failure instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) failure;
        };
    return new BatchSource(allocator, Rows.ITEM, batches);
  }

  /** A checked failure comes wrapped; all others as they are. */
  private static void assertFailsWith(
      Throwable failure, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    if (failure instanceof IOException) {
      assertThatThrownBy(call)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("I/O, on purpose")
          .hasCause(failure);
    } else {
      assertThatThrownBy(call).isSameAs(failure);
    }
  }

  private void assertUnchanged() {
    assertThat(connection.tableNames()).containsExactly("items");
    assertThat(table.version()).isEqualTo(1);
    assertThat(Rows.items(table)).isEqualTo(Item.range(0, 3));
    assertThat(Tree.names(database.resolve("items.lance/data"))).hasSize(1);
  }
}
