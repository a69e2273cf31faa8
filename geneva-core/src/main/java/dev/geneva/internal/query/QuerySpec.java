package dev.geneva.internal.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.geneva.Column;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.Order;
import dev.geneva.internal.json.Json;
import dev.geneva.internal.text.SqlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query as a value, stored with a view as JSON. What a release adds is left out of the JSON where
 * it isn't used, so that the queries of older releases read, and keep their identity.
 *
 * @param source the table's or view's name
 * @param version the version that the source is pinned to; null: the latest
 * @param columns the result's columns, in order; empty: all of the source
 * @param expressions SQL of those columns that are computed, by name
 * @param predicates in SQL; all must be true
 * @param nearest of the rows for which they are: the nearest ones; null: all of them
 * @param ordering by which the rows are put in order; empty: as they are stored, or by distance
 * @param limit the most rows; null: all
 * @param offset rows that are left out
 * @param rowIds whether there is a column of row ids; null: no
 */
public record QuerySpec(
    String source,
    @Nullable Long version,
    List<String> columns,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> expressions,
    List<String> predicates,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Nearest nearest,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Order> ordering,
    @Nullable Long limit,
    long offset,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean rowIds) {

  /** The column of row ids. */
  public static final String ROW_ID = "_rowid";

  /** The column of distances. */
  public static final String DISTANCE = "_distance";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final Pattern DISJUNCTION = Pattern.compile("(?i)\\bor\\b");

  /** Copies the lists; what an older release doesn't know is absent. */
  public QuerySpec {
    columns = List.copyOf(columns);
    expressions = new TreeMap<>(Objects.requireNonNullElse(expressions, Map.of()));
    expressions = java.util.Collections.unmodifiableMap(expressions);
    predicates = List.copyOf(predicates);
    ordering = List.copyOf(Objects.requireNonNullElse(ordering, List.of()));
  }

  /** All rows and columns. */
  public static QuerySpec all(String source, @Nullable Long version) {
    return new QuerySpec(
        source, version, List.of(), Map.of(), List.of(), null, List.of(), null, 0, null);
  }

  /** The same with other columns. Fails as {@link dev.geneva.Query#select(Column...)} says. */
  public QuerySpec withColumns(List<Column> selected) {
    if (selected.isEmpty()) {
      throw new InvalidDefinitionException("select needs at least one column.");
    }
    Set<String> seen = new HashSet<>();
    Map<String, String> computed = new LinkedHashMap<>();
    for (Column column : selected) {
      if (!seen.add(column.name())) {
        throw new InvalidDefinitionException("Column '" + column.name() + "' is selected twice.");
      }
      column.sql().ifPresent(sql -> computed.put(column.name(), sql));
    }
    List<String> names = selected.stream().map(Column::name).toList();
    return new QuerySpec(
        source, version, names, computed, predicates, nearest, ordering, limit, offset, rowIds);
  }

  /** The same with one more predicate. */
  public QuerySpec withPredicate(String predicate) {
    List<String> more = new ArrayList<>(predicates);
    more.add(predicate);
    return new QuerySpec(
        source, version, columns, expressions, more, nearest, ordering, limit, offset, rowIds);
  }

  /** The same with another search. Fails as {@link dev.geneva.Query#nearestTo} says. */
  public QuerySpec withNearest(String column, float[] vector, int k) {
    Nearest near = Nearest.of(column, vector, k);
    return new QuerySpec(
        source, version, columns, expressions, predicates, near, ordering, limit, offset, rowIds);
  }

  /** The same in another order. Fails as {@link dev.geneva.Query#orderBy(Order...)} says. */
  public QuerySpec withOrdering(List<Order> orders) {
    if (orders.isEmpty()) {
      throw new InvalidDefinitionException("orderBy needs at least one column.");
    }
    Set<String> seen = new HashSet<>();
    for (Order order : orders) {
      if (!seen.add(order.column())) {
        throw new InvalidDefinitionException("Column '" + order.column() + "' orders twice.");
      }
    }
    return new QuerySpec(
        source, version, columns, expressions, predicates, nearest, orders, limit, offset, rowIds);
  }

  /** The same with another limit. */
  public QuerySpec withLimit(long rows) {
    long most = notNegative("limit", rows);
    return new QuerySpec(
        source, version, columns, expressions, predicates, nearest, ordering, most, offset, rowIds);
  }

  /** The same with another offset. */
  public QuerySpec withOffset(long rows) {
    long out = notNegative("offset", rows);
    return new QuerySpec(
        source, version, columns, expressions, predicates, nearest, ordering, limit, out, rowIds);
  }

  /** The same with a column of row ids. */
  public QuerySpec withRowIds() {
    return new QuerySpec(
        source, version, columns, expressions, predicates, nearest, ordering, limit, offset, true);
  }

  private static long notNegative(String what, long rows) {
    if (rows < 0) {
      throw new InvalidDefinitionException(what + " must be 0 or more, not " + rows + ".");
    }
    return rows;
  }

  /** Whether there is a column of row ids. */
  public boolean hasRowIds() {
    return Boolean.TRUE.equals(rowIds);
  }

  /** Whether the result may change if only the rows' ids do. */
  public boolean exposesRowIds() {
    return hasRowIds()
        || predicates.stream().anyMatch(SqlText::mentionsRowIds)
        || expressions.values().stream().anyMatch(SqlText::mentionsRowIds);
  }

  /** The query for comparison: two queries are the same if, and only if, these texts are. */
  public String identity() {
    return Json.write(this);
  }

  /** A name as it would be in SQL. */
  static String quoted(String name) {
    return Stream.of(name.split("\\.", -1)).allMatch(PLAIN.asMatchPredicate())
        ? name
        : "`" + name.replace("`", "``") + "`";
  }

  private String selected(String column) {
    String sql = expressions.get(column);
    return sql == null ? quoted(column) : sql + " AS " + quoted(column);
  }

  private String filter() {
    Predicate<String> ambiguous = DISJUNCTION.asPredicate().or(text -> text.contains("--"));
    boolean enclose = predicates.size() > 1 && predicates.stream().anyMatch(ambiguous);
    return predicates.stream()
        .map(predicate -> enclose ? "(" + predicate + ")" : predicate)
        .collect(Collectors.joining(" AND ", "WHERE ", ""));
  }

  private static String ordered(Order order) {
    return quoted(order.column())
        + (order.direction() == Order.Direction.DESCENDING ? " DESC" : "")
        + (order.nulls() == Order.Nulls.FIRST ? " NULLS FIRST" : "");
  }

  /** The query for people, close to SQL. */
  @Override
  public String toString() {
    List<String> shown = new ArrayList<>();
    if (columns.isEmpty()) {
      shown.add("*");
    }
    columns.forEach(column -> shown.add(selected(column)));
    if (nearest != null) {
      shown.add(DISTANCE);
    }
    if (hasRowIds()) {
      shown.add(ROW_ID);
    }
    String orders =
        ordering.stream()
            .map(QuerySpec::ordered)
            .collect(Collectors.joining(", ", "ORDER BY ", ""));
    return Stream.of(
            "SELECT " + String.join(", ", shown),
            "FROM " + source + (version == null ? "" : " AT VERSION " + version),
            predicates.isEmpty() ? "" : filter(),
            nearest == null ? "" : "NEAREST " + nearest,
            ordering.isEmpty() ? "" : orders,
            limit == null ? "" : "LIMIT " + limit,
            offset == 0 ? "" : "OFFSET " + offset)
        .filter(clause -> !clause.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
