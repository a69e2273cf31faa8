package dev.geneva.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.Column;
import dev.geneva.GenevaException;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.Order;
import dev.geneva.Query;
import dev.geneva.StorageException;
import dev.geneva.Table;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes no sense is refused by the calls that read, and when a view is created. */
class QueryRefusalTest extends QueryTestBase {

  private static final float[] ORIGIN = {0, 0};

  private Table table;

  @BeforeEach
  void createTable() {
    table = table("odd", List.of(new OddCases(3).rows(0, 12)));
  }

  private void assertRefused(
      Query query, Class<? extends GenevaException> type, String... message) {
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> read(query),
            query::countRows,
            query::schema,
            () -> connection.createUdtfView("view", query, new Show()))) {
      assertThatThrownBy(call).as("%s", query).isInstanceOf(type).hasMessageContainingAll(message);
    }
    assertThat(connection.udtfViewNames()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sum(id) | GROUP BY",
        "sum(id) OVER () | 'OVER'",
        "(SELECT 1) | 'SELECT'",
        "unnest([id, id]) | 'unnest'",
        "_rowid | withRowId()",
        "`_rowid` + 1 | withRowId()",
        "\"id\" | Double quotes",
        "UPPER + 1 | write `UPPER`",
        "st.Key | write `Key`",
        "id + | ParserError",
        "id oops, 1 | Expected",
        "id) AS x, (id | parentheses don't match",
        "id /* | No */ at the end",
        "nofunction(id) | nofunction",
      })
  void whatIsNoExpressionOverOneRowIsRefused(String sql, String message) {
    assertRefused(
        table.search().select(Column.of("it", sql)), InvalidDefinitionException.class, message);
  }

  @Test
  void functionsMayBeInCapitals() {
    assertThat(read(table.search().select(Column.of("it", "UPPER('a') || Upper(`select`)"))))
        .hasSize(12);
  }

  @Test
  void columnThatIsMissingIsNamedWithTheNearest() {
    assertRefused(
        table.search().select("st.y"), NotFoundException.class, "No column 'st.y'", "'st.x'");
    assertRefused(table.search().select("st.a.b"), NotFoundException.class, "st.`a.b`");
    assertRefused(table.search().select("`my col`"), NotFoundException.class, "'my col'");
    assertRefused(table.search().select("upper"), NotFoundException.class, "'UPPER'");
    assertRefused(table.search().select("_rowid"), NotFoundException.class, "withRowId()");
    assertRefused(table.search().orderBy("nothing"), NotFoundException.class, "'nothing'");
    assertRefused(table.search().nearestTo("w", ORIGIN, 1), NotFoundException.class, "'w'");
    assertRefused(
        table.search().select(Column.of("it", "nam + 1")), NotFoundException.class, "'nam'");
  }

  @Test
  void orderNeedsAColumnOfTheRelationThatHasOne() {
    assertRefused(table.search().orderBy("st"), InvalidDefinitionException.class, "'st'", "Struct");
    assertRefused(table.search().orderBy("v"), InvalidDefinitionException.class, "FixedSizeList");
    assertRefused(
        table.search().select(Column.of("twice", "id * 2")).orderBy("twice"),
        NotFoundException.class,
        "before select computes");
    assertRefused(table.search().orderBy("_distance"), NotFoundException.class, "'_distance'");
    assertThatThrownBy(() -> table.search().orderBy(new Order[0]))
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> table.search().orderBy("id", "id")).hasMessageContaining("twice");
  }

  @Test
  void searchNeedsVectorsOfItsLength() {
    assertRefused(
        table.search().nearestTo("id", ORIGIN, 1), InvalidDefinitionException.class, "Int(64");
    assertRefused(
        table.search().nearestTo("v", new float[3], 1),
        InvalidDefinitionException.class,
        "vectors of 2",
        "given 3");
    assertThatThrownBy(() -> table.search().nearestTo("v", ORIGIN, 0))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("at least 1, not 0");
    assertThatThrownBy(() -> table.search().nearestTo("v", new float[] {0, Float.NaN}, 1))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("number 1 is NaN");
  }

  @Test
  void columnsThatTheQueryAddsNeedTheirNames() {
    assertRefused(
        table.search().select(Column.of("_distance", "1.5")).nearestTo("v", ORIGIN, 1),
        InvalidDefinitionException.class,
        "'_distance'");
    assertRefused(
        table.search().select(Column.of("_rowid", "1")).withRowId(),
        InvalidDefinitionException.class,
        "'_rowid'");
    assertThatThrownBy(() -> table.search().select(Column.of("a"), Column.of("a", "1")))
        .hasMessageContaining("'a' is selected twice");
  }

  @Test
  void columnInDoubleQuotesIsNoSilentString() {
    assertRefused(
        table.search().where("\"UPPER\" = 'x'"), InvalidDefinitionException.class, "`UPPER`");
    assertThat(read(table.search().where("`select` <> \"zzz\" OR true"))).hasSize(12);
  }

  @Test
  void expressionThatFailsForARowSaysSo() {
    Column inverse = Column.of("inverse", "100 / id");

    assertThatThrownBy(() -> read(table.search().select(inverse)))
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll("100 / id", "'odd'", "Divide by zero");
    assertThat(read(table.search().where("id <> 0").select(inverse))).hasSize(11);
  }

  @Test
  void textOfAQueryIsCloseToSql() {
    Query query =
        table
            .search()
            .select(Column.of("my col"), Column.of("twice", "id * 2"))
            .where("id > 1")
            .where("flag OR id = 0")
            .nearestTo("v", new float[] {1, 2}, 3)
            .orderBy(Order.desc("st.x").nullsFirst(), Order.asc("id"))
            .limit(2)
            .offset(1)
            .withRowId();

    assertThat(query)
        .hasToString(
            "SELECT `my col`, id * 2 AS twice, _distance, _rowid FROM odd"
                + " WHERE (id > 1) AND (flag OR id = 0) NEAREST 3 TO [1.0, 2.0] BY v"
                + " ORDER BY st.x DESC NULLS FIRST, id LIMIT 2 OFFSET 1");
  }
}
