package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.TestUdtfs.Scripted;
import dev.geneva.udtf.BatchUdtf;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.table.Table;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A batch that differs from the output schema fails the refresh and changes nothing. */
class BadBatchTest extends DatabaseTest {

  private dev.geneva.Table source;

  @BeforeEach
  void createSource() {
    source = items("items", 0, 5);
  }

  /** A schema, rows for it, and what the error says. */
  record Misfit(Schema schema, List<List<Object>> rows, List<String> inMessage) {}

  static Stream<Named<Misfit>> misfits() {
    Field optionalId = Rows.optional("id", Rows.INT64);
    Field single = Rows.required("score", new ArrowType.Int(32, true));
    return Stream.of(
        misfit(
            "name",
            List.of(Rows.ID, Rows.optional("nam", Rows.TEXT), Rows.SCORE),
            Rows.row(1, "x", 0.5),
            "column 2 must be 'name', not 'nam'",
            "did you mean 'name'?"),
        misfit(
            "type",
            List.of(Rows.ID, Rows.NAME, single),
            Rows.row(1, "x", 5),
            "column 'score' must be FloatingPoint(DOUBLE), not Int(32, true)"),
        misfit(
            "order",
            List.of(Rows.ID, Rows.SCORE, Rows.NAME),
            Rows.row(1, 0.5, "x"),
            "column 2 must be 'name', not 'score'",
            "another order"),
        misfit(
            "nullability",
            List.of(optionalId, Rows.NAME, Rows.SCORE),
            Rows.row(null, "x", 0.5),
            "column 'id' must not be null, but row 0 is"),
        misfit(
            "a column less",
            List.of(Rows.ID, Rows.NAME),
            Rows.row(1, "x"),
            "must have 3 columns [id, name, score], not 2 [id, name]"),
        misfit(
            "a column more",
            List.of(Rows.ID, Rows.NAME, Rows.SCORE, Rows.optional("x", Rows.TEXT)),
            Rows.row(1, "x", 0.5, "y"),
            "must have 3 columns [id, name, score], not 4 [id, name, score, x]"),
        misfit("no column", List.of(), Rows.row(), "must have 3 columns", "not 0 []"));
  }

  private static Named<Misfit> misfit(
      String what, List<Field> fields, List<Object> row, String... inMessage) {
    return Named.of(what, new Misfit(new Schema(fields), List.of(row), List.of(inMessage)));
  }

  static Stream<Arguments> misfitsAtPlaces() {
    return misfits().flatMap(misfit -> Stream.of(1, 50).map(at -> Arguments.of(misfit, at)));
  }

  @ParameterizedTest(name = "{0} of batch {1}")
  @MethodSource("misfitsAtPlaces")
  void batchThatDiffersIsAnErrorThatNamesColumnAndBatch(Misfit misfit, int number) {
    assertFails(
        (rows, out) -> {
          for (long id = 1; id < number; id++) {
            out.collectRecords(List.of(Item.of(id)));
          }
          try (VectorSchemaRoot root = root(misfit)) {
            out.collect(root);
          }
        },
        "Batch " + number + " of dev.geneva.TestUdtfs$Scripted",
        misfit);
  }

  /** But for nulls, which it can't have. */
  static Stream<Named<Misfit>> misfitsOfColumns() {
    return misfits().filter(misfit -> !misfit.getName().equals("nullability"));
  }

  @ParameterizedTest
  @MethodSource("misfitsOfColumns")
  void emptyBatchThatDiffersIsAnErrorToo(Misfit misfit) {
    assertFails(
        (rows, out) -> {
          try (VectorSchemaRoot root = VectorSchemaRoot.create(misfit.schema(), allocator)) {
            out.collect(root);
          }
        },
        "Batch 1",
        misfit);
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void tableThatDiffersIsAnErrorToo(Misfit misfit) {
    assertFails(
        (rows, out) -> {
          try (Table table = new Table(root(misfit))) {
            out.collect(table);
          }
        },
        "Batch 1",
        misfit);
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void functionThatSwallowsTheErrorFailsAllTheSame(Misfit misfit) {
    assertFails(
        (rows, out) -> {
          out.collectRecords(Item.range(0, 3));
          try (VectorSchemaRoot root = root(misfit)) {
            assertThatThrownBy(() -> out.collect(root)).isInstanceOf(SchemaMismatchException.class);
          }
          try {
            out.collectRecords(Item.range(3, 6));
          } catch (SchemaMismatchException e) {
            // nothing is taken any more
          }
        },
        "Batch 2",
        misfit);
  }

  @Test
  void recordsOfAnotherTypeAreAnErrorToo() {
    Misfit misfit = new Misfit(Rows.ITEM, List.of(), List.of("must have 3 columns", "not 1 [id]"));

    assertFails((rows, out) -> out.collectRecords(List.of(new Id(1))), "Batch 1", misfit);
  }

  private VectorSchemaRoot root(Misfit misfit) {
    return Rows.root(allocator, misfit.schema(), misfit.rows());
  }

  /** The view has rows before, and the same rows, version and files after. */
  private void assertFails(BatchUdtf script, String batch, Misfit misfit) {
    boolean[] fail = new boolean[1];
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  if (fail[0]) {
                    script.process(rows, out);
                  } else {
                    new TestUdtfs.Copy(10).process(rows, out);
                  }
                }));
    view.refresh();
    fail[0] = true;
    source.add(Item.class, Item.range(5, 6));
    List<String> files = Tree.names(database.resolve("view.lance/data"));

    List<String> inMessage = new ArrayList<>(misfit.inMessage());
    inMessage.add(batch);
    assertThatThrownBy(view::refresh)
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContainingAll(inMessage.toArray(String[]::new));

    assertThat(view.version()).isEqualTo(2);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 5));
    assertThat(Tree.names(database.resolve("view.lance/data"))).containsAll(files);
    RefreshRecord last = view.history().get(0);
    assertThat(last.outcome()).isEqualTo(RefreshRecord.Outcome.FAILED);
    assertThat(last.cause()).hasValueSatisfying(cause -> assertThat(cause).contains(inMessage));
  }
}
