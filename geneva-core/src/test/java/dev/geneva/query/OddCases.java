package dev.geneva.query;

import dev.geneva.Column;
import dev.geneva.Order;
import dev.geneva.query.QueryCase.Filter;
import dev.geneva.query.QueryCase.Near;
import dev.geneva.query.QueryCase.Output;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random rows and queries. */
final class OddCases {

  static final List<Output> OUTPUTS =
      List.of(
          stored("id"),
          stored("my col"),
          stored("UPPER"),
          stored("select"),
          stored("it's-\"big\""),
          stored("größe"),
          stored("st"),
          stored("v"),
          stored("price"),
          stored("flag"),
          new Output(Column.of("st.x"), row -> row.inStruct("x")),
          new Output(Column.of("st.`a.b`"), row -> row.inStruct("a.b")),
          new Output(Column.of("st.Key"), row -> row.inStruct("Key")),
          new Output(Column.of("twice", "id * 2"), row -> row.id() * 2),
          new Output(Column.of("my \"sum\"", "`my col` + id"), OddCases::sum),
          new Output(Column.of("Ünnamed", "`UPPER`"), row -> row.value("UPPER")),
          new Output(Column.of("it''s", "coalesce(`select`, 'it''s (')"), OddCases::text),
          new Output(Column.of("up", "upper(`select`) -- )"), OddCases::upper),
          new Output(Column.of("field", "`st`.`a.b`"), row -> row.inStruct("a.b")),
          new Output(Column.of("one", "CAST(1 AS INT)"), row -> 1),
          new Output(Column.of("as text", "CAST(id AS VARCHAR)"), row -> Long.toString(row.id())),
          new Output(Column.of("known", "`UPPER` IS NOT NULL"), row -> row.value("UPPER") != null));

  private static final List<Filter> FILTERS =
      List.of(
          new Filter("id >= 7", row -> row.id() >= 7),
          new Filter("id % 3 <> 1 OR `select` = 'a'", OddCases::thirdOrA),
          new Filter("`my col` IS NULL", row -> row.value("my col") == null),
          new Filter("`UPPER` IS NOT NULL", row -> row.value("UPPER") != null),
          new Filter("st.x > 0", row -> row.inStruct("x") instanceof Integer x && x > 0),
          new Filter("`st`.`a.b` <= 1", row -> row.inStruct("a.b") instanceof Integer x && x <= 1),
          new Filter("flag", row -> Boolean.TRUE.equals(row.value("flag"))),
          new Filter("`it's-\"big\"` IS NOT NULL", row -> row.value("it's-\"big\"") != null),
          new Filter("false", row -> false));

  private static final List<String> SORTABLE =
      List.of(
          "id",
          "my col",
          "UPPER",
          "select",
          "it's-\"big\"",
          "größe",
          "tiny",
          "price",
          "at",
          "flag",
          "st.x",
          "st.`a.b`",
          "st.Key");

  private final Random random;

  OddCases(long seed) {
    this.random = new Random(seed);
  }

  private static Output stored(String name) {
    return new Output(Column.of(name), row -> row.value(name));
  }

  private static @Nullable Object sum(OddRow row) {
    return row.value("my col") instanceof Integer number ? number + row.id() : null;
  }

  private static Object text(OddRow row) {
    Object text = row.value("select");
    return text == null ? "it's (" : text;
  }

  private static @Nullable Object upper(OddRow row) {
    return row.value("select") instanceof String text ? text.toUpperCase(Locale.ROOT) : null;
  }

  private static boolean thirdOrA(OddRow row) {
    return row.id() % 3 != 1 || "a".equals(row.value("select"));
  }

  private <T> @Nullable T sometimes(T value) {
    return random.nextInt(4) == 0 ? null : value;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private <T> List<T> some(List<T> of, int most) {
    List<T> left = new ArrayList<>(of);
    List<T> some = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      some.add(left.remove(random.nextInt(left.size())));
    }
    return some;
  }

  OddRow row(long id) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("id", id);
    values.put("my col", sometimes(random.nextInt(5) - 2));
    values.put(
        "UPPER", sometimes(one(List.of(1.5, Double.NaN, -0.0, 0.0, Double.NEGATIVE_INFINITY))));
    values.put("select", sometimes(one(List.of("a", "b", "", "ä", "\uD83D\uDE00", "\uFFFD"))));
    values.put("it's-\"big\"", sometimes(one(List.of(0L, 1L, -1L, Long.MAX_VALUE))));
    values.put("größe", sometimes(one(List.of(0, 1, -1, Integer.MAX_VALUE))));
    values.put("tiny", sometimes(one(List.of((byte) 0, (byte) 1, (byte) -1))));
    Map<String, @Nullable Object> struct = new LinkedHashMap<>();
    struct.put("x", sometimes(random.nextInt(4) - 1));
    struct.put("a.b", sometimes(random.nextInt(4)));
    struct.put("Key", struct.get("x") == null ? "k" : sometimes(one(List.of("k", "K"))));
    values.put("st", sometimes(struct));
    float x = random.nextInt(10) == 0 ? Float.NaN : random.nextInt(3);
    values.put("v", sometimes(List.of(x, (float) random.nextInt(3))));
    values.put("price", sometimes(BigDecimal.valueOf(random.nextInt(2000) - 1000, 2)));
    values.put("at", sometimes((long) random.nextInt(3) - 1));
    values.put("flag", sometimes(random.nextBoolean()));
    return new OddRow(values);
  }

  List<OddRow> rows(long from, int count) {
    List<OddRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(from + i));
    }
    return rows;
  }

  QueryCase query() {
    Near near =
        random.nextInt(3) == 0
            ? new Near(random.nextInt(3), random.nextInt(3), 1 + random.nextInt(30))
            : null;
    List<String> keys = new ArrayList<>(SORTABLE);
    if (near != null) {
      keys.add("_distance");
    }
    return new QueryCase(
        some(OUTPUTS, 6),
        some(FILTERS, 2),
        near,
        random.nextBoolean() ? List.of() : some(keys, 3).stream().map(this::order).toList(),
        random.nextBoolean() ? null : (long) random.nextInt(60),
        random.nextBoolean() ? 0 : random.nextInt(30),
        random.nextInt(3) == 0);
  }

  private Order order(String column) {
    Order order = random.nextBoolean() ? Order.asc(column) : Order.desc(column);
    return random.nextBoolean() ? order.nullsFirst() : order.nullsLast();
  }
}
