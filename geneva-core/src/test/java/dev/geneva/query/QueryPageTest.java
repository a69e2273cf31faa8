package dev.geneva.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.Column;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.Order;
import dev.geneva.Query;
import dev.geneva.Table;
import dev.geneva.query.QueryCase.Filter;
import dev.geneva.query.QueryCase.Near;
import dev.geneva.query.QueryCase.Output;
import dev.geneva.udtf.BatchUdtf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code docs/queries.md} says about combinations is so. */
class QueryPageTest extends QueryTestBase {

  private static final Path PAGE = Path.of("..", "docs", "queries.md");

  private static final String HONOURED = "honoured";
  private static final String REFUSED = "refused at create";

  /** The features of the page's table, each applied to a query and to its oracle. */
  private static final Map<String, UnaryOperator<QueryCase>> FEATURES = new LinkedHashMap<>();

  static {
    FEATURES.put("`select` of columns", query -> withOutputs(query, 0, 6));
    FEATURES.put("`select` of expressions", query -> withOutputs(query, 13, 16));
    FEATURES.put("`where`", QueryPageTest::filtered);
    FEATURES.put("`nearestTo`", QueryPageTest::searched);
    FEATURES.put("`orderBy`", QueryPageTest::ordered);
    FEATURES.put("`offset`", query -> sliced(query, query.limit(), 2));
    FEATURES.put("`limit`", query -> sliced(query, 9L, query.offset()));
    FEATURES.put("`withRowId`", QueryPageTest::withRowIds);
    FEATURES.put("`at` a version", query -> query);
  }

  private static QueryCase withOutputs(QueryCase query, int from, int to) {
    List<Output> outputs = new ArrayList<>(query.outputs());
    outputs.addAll(OddCases.OUTPUTS.subList(from, to));
    return new QueryCase(
        outputs,
        query.filters(),
        query.near(),
        query.ordering(),
        query.limit(),
        query.offset(),
        query.rowIds());
  }

  private static QueryCase filtered(QueryCase query) {
    return new QueryCase(
        query.outputs(),
        List.of(new Filter("id % 5 <> 2", row -> row.id() % 5 != 2)),
        query.near(),
        query.ordering(),
        query.limit(),
        query.offset(),
        query.rowIds());
  }

  private static QueryCase searched(QueryCase query) {
    return new QueryCase(
        query.outputs(),
        query.filters(),
        new Near(1, 1, 20),
        query.ordering(),
        query.limit(),
        query.offset(),
        query.rowIds());
  }

  private static QueryCase ordered(QueryCase query) {
    return new QueryCase(
        query.outputs(),
        query.filters(),
        query.near(),
        List.of(Order.desc("my col"), Order.asc("st.x").nullsFirst()),
        query.limit(),
        query.offset(),
        query.rowIds());
  }

  private static QueryCase sliced(QueryCase query, @Nullable Long limit, long offset) {
    return new QueryCase(
        query.outputs(),
        query.filters(),
        query.near(),
        query.ordering(),
        limit,
        offset,
        query.rowIds());
  }

  private static QueryCase withRowIds(QueryCase query) {
    return new QueryCase(
        query.outputs(),
        query.filters(),
        query.near(),
        query.ordering(),
        query.limit(),
        query.offset(),
        true);
  }

  /** What the page says, by feature: at once, as a source, as a partitioned source. */
  private static Map<String, List<String>> page() throws IOException {
    Map<String, List<String>> features = new LinkedHashMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      List<String> cells = Stream.of(line.split("\\|")).map(String::strip).toList();
      if (cells.size() == 5 && List.of(HONOURED, REFUSED).contains(cells.get(2))) {
        features.put(cells.get(1), cells.subList(2, 5));
      }
    }
    return features;
  }

  @Test
  void everyCombinationIsHonouredOrRefusedAsThePageSays() throws IOException {
    OddCases cases = new OddCases(7);
    List<List<OddRow>> fragments =
        List.of(cases.rows(0, 17), cases.rows(17, 1), cases.rows(18, 22));
    Table table = table("odd", fragments);
    List<OddRow> rows = fragments.stream().flatMap(List::stream).toList();
    table.delete("id = 5");
    List<OddRow> live = rows.stream().filter(row -> row.id() != 5).toList();
    long pinned = table.version();
    table.delete("id > 30");
    List<OddRow> latest = live.stream().filter(row -> row.id() <= 30).toList();
    Map<Long, Long> ids = new HashMap<>();
    read(table.at(pinned).search().select("id").withRowId())
        .forEach(row -> ids.put((Long) row.get(1), (Long) row.get(0)));
    Map<String, List<String>> page = page();
    List<String> names = List.copyOf(FEATURES.keySet());
    assertThat(page.keySet()).startsWith(names.toArray(String[]::new));

    for (int set = 0; set < 1 << names.size(); set++) {
      QueryCase queryCase = QueryCase.all();
      List<String> used = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        if ((set & (1 << i)) != 0) {
          used.add(names.get(i));
          queryCase = FEATURES.get(names.get(i)).apply(queryCase);
        }
      }
      boolean at = used.contains("`at` a version");
      Query query = queryCase.over(at ? table.at(pinned) : table);
      List<List<@Nullable Object>> expected = queryCase.over(at ? live : latest);
      assertThat(named(read(query), queryCase, ids)).as("%s", query).isEqualTo(expected);
      assertThat(query.countRows()).as("%s", query).isEqualTo(expected.size());
      if (used.size() <= 2 || set % 7 == 0) {
        assertThat(allHonoured(page, used, 1)).isTrue();
        assertThat(seen(query))
            .as("%s", query)
            .isEqualTo(read(query).stream().map(Object::toString).toList());
        assertCreatable(query, new ShowPartitions(), allHonoured(page, used, 2), used);
      }
    }
  }

  /** With the rows' own ids in the place of Lance's. */
  private static List<List<@Nullable Object>> named(
      List<List<@Nullable Object>> rows, QueryCase queryCase, Map<Long, Long> ids) {
    if (queryCase.rowIds()) {
      rows.forEach(row -> row.set(row.size() - 1, ids.get((Long) row.get(row.size() - 1))));
    }
    return rows;
  }

  private static boolean allHonoured(
      Map<String, List<String>> page, List<String> features, int place) {
    return features.stream().allMatch(name -> page.get(name).get(place).equals(HONOURED));
  }

  private void assertCreatable(Query query, BatchUdtf udtf, boolean honoured, List<String> used) {
    String name = "view" + ++views;
    if (honoured) {
      assertThatCode(() -> connection.createUdtfView(name, query, udtf))
          .as("%s: %s", used, query)
          .doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> connection.createUdtfView(name, query, udtf))
          .as("%s: %s", used, query)
          .isInstanceOf(InvalidDefinitionException.class);
      assertThat(connection.udtfViewNames()).doesNotContain(name);
    }
  }

  @Test
  void whatDiffersFromCallToCallIsForCallsOnly() throws IOException {
    Table table = table("odd", List.of(new OddCases(1).rows(0, 5)));
    List<String> last = page().values().stream().toList().get(FEATURES.size());
    assertThat(last).containsExactly(HONOURED, REFUSED, REFUSED);

    for (String sql :
        List.of(
            "random() < 2",
            "uuid() <> ''",
            "now() > at",
            "NOW ( ) > at",
            "`now`() > at",
            "today() > at",
            "version() <> ''",
            "CURRENT_DATE > at",
            "current_timestamp > at")) {
      for (Query query :
          List.of(
              table.search().where(sql).where("id < 3"),
              table.search().select(Column.of("id"), Column.of("it", sql)))) {
        assertThatCode(query::countRows).as("%s", query).doesNotThrowAnyException();
        assertThatCode(() -> read(query)).as("%s", query).doesNotThrowAnyException();
        assertThatThrownBy(() -> connection.createUdtfView("view", query, new Show()))
            .as("%s", query)
            .isInstanceOf(InvalidDefinitionException.class)
            .hasMessageContainingAll("differs from call to call", sql);
      }
    }
    assertThat(connection.udtfViewNames()).isEmpty();
  }
}
