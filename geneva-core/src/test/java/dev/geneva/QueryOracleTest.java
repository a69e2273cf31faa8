package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** Whatever the table and the query, the rows are those of the same steps on a list. */
class QueryOracleTest {

  /** A predicate in SQL and the same in Java. */
  record Filter(String sql, Predicate<Item> java) {
    @Override
    public String toString() {
      return sql;
    }
  }

  /** A query's parts; null: not restricted. */
  record Parts(
      List<Filter> filters, @Nullable Long limit, @Nullable Long offset, List<String> columns) {}

  /** The rows are added in these portions, then those that the filter finds are deleted. */
  record Content(List<List<Item>> portions, Filter deleted) {}

  @Property(tries = 60, seed = "2026")
  void queryGivesWhatTheSameStepsOnAListGive(
      @ForAll("contents") Content content,
      @ForAll("queries") List<Parts> queries,
      @ForAll("batchSizes") int batchSize)
      throws IOException {
    Path database = Files.createTempDirectory("oracle");
    try (Connection connection = Geneva.connect(database.toString())) {
      Table table = connection.createTable("items", Item.class, List.of());
      List<Item> list = new ArrayList<>();
      for (List<Item> portion : content.portions()) {
        table.add(Item.class, portion);
        list.addAll(portion);
      }
      table.delete(content.deleted().sql());
      list.removeIf(content.deleted().java());

      assertThat(Rows.items(table)).isEqualTo(list);
      for (Parts parts : queries) {
        assertSameRows(query(table, parts), steps(list, parts), batchSize);
      }
    } finally {
      Tree.delete(database);
    }
  }

  private static void assertSameRows(Query query, List<List<Object>> rows, int batchSize) {
    assertThat(Rows.of(query.toBatches(batchSize))).as("%s", query).isEqualTo(rows);
    assertThat(query.countRows()).as("count of %s", query).isEqualTo(rows.size());
    try (VectorSchemaRoot root = query.toArrow()) {
      assertThat(Rows.of(root)).as("toArrow of %s", query).isEqualTo(rows);
    }
  }

  private static Query query(Table table, Parts parts) {
    Query query = table.search().select(parts.columns().toArray(String[]::new));
    for (Filter filter : parts.filters()) {
      query = query.where(filter.sql());
    }
    query = parts.limit() == null ? query : query.limit(parts.limit());
    return parts.offset() == null ? query : query.offset(parts.offset());
  }

  private static List<List<Object>> steps(List<Item> list, Parts parts) {
    return list.stream()
        .filter(item -> parts.filters().stream().allMatch(filter -> filter.java().test(item)))
        .skip(Objects.requireNonNullElse(parts.offset(), 0L))
        .limit(Objects.requireNonNullElse(parts.limit(), Long.MAX_VALUE))
        .map(item -> parts.columns().stream().map(column -> value(item, column)).toList())
        .map(values -> (List<Object>) new ArrayList<Object>(values))
        .toList();
  }

  private static Object value(Item item, String column) {
    return Rows.row(item).get(Rows.ITEM.getFields().indexOf(Rows.ITEM.findField(column)));
  }

  @Provide
  Arbitrary<Content> contents() {
    Arbitrary<Item> item =
        Combinators.combine(
                Arbitraries.longs().between(-9, 9),
                Arbitraries.of("a", "b", "it's", "", "ä`\"").injectNull(0.3),
                Arbitraries.of(-1.5, -0.0, 0.0, 0.5, Double.MAX_VALUE))
            .as(Item::new);
    return Combinators.combine(
            item.list().ofMaxSize(40).list().ofMinSize(1).ofMaxSize(4), filters())
        .as(Content::new);
  }

  @Provide
  Arbitrary<List<Parts>> queries() {
    return Combinators.combine(
            filters().list().ofMaxSize(2),
            Arbitraries.longs().between(0, 60).injectNull(0.4),
            Arbitraries.longs().between(0, 60).injectNull(0.4),
            Arbitraries.shuffle("id", "name", "score")
                .flatMap(
                    names -> Arbitraries.integers().between(1, 3).map(n -> names.subList(0, n))))
        .as(Parts::new)
        .list()
        .ofSize(4);
  }

  @Provide
  Arbitrary<Integer> batchSizes() {
    return Arbitraries.of(1, 2, 7, 1000);
  }

  private static Arbitrary<Filter> filters() {
    return Arbitraries.longs()
        .between(-9, 9)
        .flatMap(
            n ->
                Arbitraries.of(
                    new Filter("id > " + n, item -> item.id() > n),
                    new Filter(
                        "id = " + n + " OR name = 'a'", item -> item.id() == n || is(item, "a")),
                    new Filter("name = 'it''s'", item -> is(item, "it's")),
                    new Filter("name <> 'a'", item -> item.name() != null && !is(item, "a")),
                    new Filter("name IS NULL", item -> item.name() == null),
                    new Filter("name IS NOT NULL", item -> item.name() != null),
                    new Filter(
                        "score < 0.5 AND id <> " + n, item -> item.score() < 0.5 && item.id() != n),
                    new Filter("false", item -> false)));
  }

  private static boolean is(Item item, String name) {
    return name.equals(item.name());
  }
}
