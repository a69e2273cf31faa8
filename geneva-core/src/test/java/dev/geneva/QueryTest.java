package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.udtf.ArrowField;
import dev.geneva.udtf.ArrowRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest extends DatabaseTest {

  @ArrowRecord
  record Odd(@ArrowField(name = "my odd \"col\"") long odd, String order) {}

  @ArrowRecord
  record Name(String name) {}

  @ArrowRecord
  record TextId(String id) {}

  @Test
  void selectGivesTheColumnsInTheOrderAskedFor() {
    Query query = items("items", 0, 3).search().select("score", "id");

    assertThat(query.schema()).isEqualTo(new Schema(List.of(Rows.SCORE, Rows.ID)));
    assertThat(Rows.of(query))
        .containsExactly(Rows.row(0.0, 0L), Rows.row(0.25, 1L), Rows.row(0.5, 2L));
    try (VectorSchemaRoot root = query.toArrow()) {
      assertThat(root.getSchema()).isEqualTo(query.schema());
    }
  }

  @Test
  void predicatesAreAllTrueOfTheResult() {
    Query query = items("items", 0, 20).search().where("id > 3 OR id = 0").where("id < 6");

    assertThat(query.select("id").records(Id.class)).containsExactly(id(0), id(4), id(5));
    assertThat(query.countRows()).isEqualTo(3);
  }

  @Test
  void predicateMayUseColumnsThatAreNotSelected() {
    Query query = items("items", 0, 20).search().select("id").where("name IS NULL");

    assertThat(Rows.of(query)).containsExactly(List.of(3L), List.of(10L), List.of(17L));
  }

  @Test
  void limitOfNoRowsGivesNone() {
    Query query = items("items", 0, 20).search().limit(0);

    assertThat(Rows.of(query)).isEmpty();
    assertThat(query.countRows()).isZero();
    assertThat(query.records(Item.class)).isEmpty();
    try (VectorSchemaRoot root = query.toArrow()) {
      assertThat(root.getRowCount()).isZero();
      assertThat(root.getSchema()).isEqualTo(Rows.ITEM);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {20, 21, Integer.MAX_VALUE, Long.MAX_VALUE})
  void offsetBeyondTheEndGivesNoRows(long offset) {
    Query query = items("items", 0, 20).search().offset(offset);

    assertThat(Rows.of(query)).isEmpty();
    assertThat(Rows.of(query.limit(3))).isEmpty();
    assertThat(Rows.of(query.where("id > 2"))).isEmpty();
    assertThat(query.countRows()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {20, 21, Integer.MAX_VALUE, Long.MAX_VALUE})
  void limitBeyondTheEndGivesAllRows(long limit) {
    Query query = items("items", 0, 20).search().limit(limit);

    assertThat(Rows.of(query)).isEqualTo(rows(0, 20));
    assertThat(Rows.of(query.offset(5))).isEqualTo(rows(5, 20));
    assertThat(query.countRows()).isEqualTo(20);
  }

  /** Lance hands such rows over as a part of a larger batch. */
  @ParameterizedTest
  @ValueSource(longs = {1, 5, 12})
  void pageOfRowsFoundByTheirTextIsWholeHoweverItIsRead(long offset) {
    List<Item> named = Item.range(0, 30).stream().filter(item -> item.name() != null).toList();
    List<Item> page = named.subList((int) offset, (int) offset + 6);
    Query query = items("items", 0, 30).search().where("name IS NOT NULL").offset(offset).limit(6);

    assertThat(query.records(Item.class)).isEqualTo(page);
    try (VectorSchemaRoot root = query.toArrow()) {
      assertThat(Rows.of(root)).isEqualTo(page.stream().map(Rows::row).toList());
    }
  }

  @Test
  void laterLimitAndOffsetReplaceEarlierOnes() {
    Query query = items("items", 0, 20).search().limit(1).offset(9).limit(3).offset(2);

    assertThat(Rows.of(query)).isEqualTo(rows(2, 5));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 8192, Integer.MAX_VALUE})
  void batchesHoldNoMoreRowsThanAskedFor(int batchSize) throws Exception {
    Query query = items("items", 0, 250).search();
    List<Item> items = new ArrayList<>();

    try (ArrowReader reader = query.toBatches(batchSize)) {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        assertThat(root.getRowCount()).isLessThanOrEqualTo(batchSize);
        Rows.of(root).forEach(row -> items.add(Item.of((Long) row.get(0))));
      }
      assertThat(reader.loadNextBatch()).isFalse();
    }

    assertThat(items).isEqualTo(Item.range(0, 250));
  }

  @Test
  void readerHasItsColumnsBeforeTheFirstBatch() throws Exception {
    try (ArrowReader reader = items("items", 0, 3).search().select("name").toBatches(10)) {
      assertThat(reader.getVectorSchemaRoot().getSchema())
          .isEqualTo(new Schema(List.of(Rows.NAME)));
    }
  }

  @Test
  void readerMayBeClosedTwiceAndHalfRead() throws Exception {
    Query query = items("items", 0, 5000).search();

    ArrowReader reader = query.toBatches(10);
    assertThat(reader.loadNextBatch()).isTrue();
    reader.close();
    reader.close();

    assertThatThrownBy(reader::loadNextBatch)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void streamOfRecordsMayBeLeftHalfReadIfItIsClosed() {
    Query query = items("items", 0, 10_000).search();

    try (Stream<Item> records = query.records(Item.class)) {
      Iterator<Item> iterator = records.iterator();
      for (long id = 0; id < 4100; id++) {
        assertThat(iterator.next()).isEqualTo(Item.of(id));
      }
    }
    try (Stream<Item> records = query.records(Item.class)) {
      assertThat(records.limit(2)).isEqualTo(Item.range(0, 2));
    }
  }

  @Test
  void recordsTakeTheirColumnsByName() {
    Query query = items("items", 0, 3).search().select("score", "name", "id");

    assertThat(query.records(Item.class)).isEqualTo(Item.range(0, 3));
  }

  @Test
  void recordWhoseColumnIsMissingIsRefused() {
    Query query = items("items", 0, 3).search().select("id", "name");

    assertThatThrownBy(() -> query.records(Item.class))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContainingAll("'items' as Item", "no column 'score'");
  }

  @Test
  void recordWhoseColumnHasAnotherTypeIsRefused() {
    Query query = items("items", 0, 3).search();

    assertThatThrownBy(() -> query.records(TextId.class))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining("column 'id' must be Utf8, not Int(64, true)");
  }

  @Test
  void nullWhereARecordHasNoneIsAnErrorThatNamesTheRow() {
    Query query = items("items", 0, 10).search();

    assertThatThrownBy(() -> query.records(Name.class).toList())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("name", "3");
  }

  @Test
  void recordWithoutAConverterIsRefusedWithTheRemedy() {
    record Plain(long id) {}
    Query query = items("items", 0, 3).search();

    assertThatThrownBy(() -> query.records(Plain.class))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContainingAll("Plain", "@ArrowRecord", "annotationProcessorPaths");
  }

  @Test
  void queryIsImmutable() {
    Query all = items("items", 0, 20).search();
    Query some = all.where("id >= 4");
    Query few = some.select("id");
    Query two = few.limit(2);
    Query later = two.offset(3);

    assertThat(all.countRows()).isEqualTo(20);
    assertThat(some.countRows()).isEqualTo(16);
    assertThat(few.countRows()).isEqualTo(16);
    assertThat(two.records(Id.class)).containsExactly(id(4), id(5));
    assertThat(later.records(Id.class)).containsExactly(id(7), id(8));
    assertThat(some.schema()).isEqualTo(Rows.ITEM);
    assertThat(later).hasToString("SELECT id FROM items WHERE id >= 4 LIMIT 2 OFFSET 3");
  }

  @Test
  void queryReadsTheLatestRowsEachTime() {
    Table table = items("items", 0, 3);
    Query query = table.search().where("id >= 1");

    assertThat(Rows.of(query)).isEqualTo(rows(1, 3));
    table.add(Item.class, Item.range(3, 5));
    assertThat(Rows.of(query)).isEqualTo(rows(1, 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`order` = 'it''s (so'",
        "`order` = 'it''s (so' -- and ) this isn't SQL",
        "`order` /* nor ' this ( */ = 'it''s (so'",
        "`order` LIKE '%''s (%'",
        "((`order` = 'it''s (so'))",
        "`order` = 'it''s (so'\nAND true",
        "`order` <> '--' AND `order` <> '/*' AND `order` <> 'b\"' AND `order` <> '`'"
      })
  void predicateMayHoldQuotesBackticksAndComments(String predicate) {
    Table table =
        connection.createTable(
            "odd",
            Odd.class,
            List.of(
                new Odd(1, "--"),
                new Odd(2, "it's (so"),
                new Odd(3, "/*"),
                new Odd(4, "b\""),
                new Odd(5, "`")));

    assertThat(table.search().where(predicate).records(Odd.class))
        .containsExactly(new Odd(2, "it's (so"));
    assertThat(table.search().where("true").where(predicate).where("true").countRows())
        .isEqualTo(1);
    table.delete(predicate);
    assertThat(table.countRows()).isEqualTo(4);
  }

  @Test
  void columnThatIsMissingIsNamedWithTheNearest() {
    Query query = items("items", 0, 3).search();

    for (Query wrong : List.of(query.select("id", "nam"), query.where("nam = 'x'"))) {
      assertThatThrownBy(() -> Rows.of(wrong))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContainingAll("No column 'nam'", "'items'", "did you mean 'name'?");
    }
  }

  @Test
  void senselessRefinementsAreRefusedAtOnce() {
    Query query = items("items", 0, 3).search();

    assertRefused(() -> query.limit(-1), "limit must be 0 or more, not -1");
    assertRefused(() -> query.offset(-5), "offset must be 0 or more, not -5");
    assertRefused(() -> query.select(new String[0]), "at least one column");
    assertRefused(() -> query.select("id", "id"), "'id' is selected twice");
    assertRefused(() -> query.toBatches(0), "batchSize must be at least 1, not 0");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining(message);
  }

  private static Id id(long id) {
    return new Id(id);
  }
}
