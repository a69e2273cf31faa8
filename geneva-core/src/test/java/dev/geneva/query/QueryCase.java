package dev.geneva.query;

import dev.geneva.Column;
import dev.geneva.Order;
import dev.geneva.Query;
import dev.geneva.Relation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query, and the same steps on a list.
 *
 * @param outputs empty: all columns
 * @param near null: no search
 * @param ordering empty: none
 * @param limit null: none
 */
record QueryCase(
    List<Output> outputs,
    List<Filter> filters,
    @Nullable Near near,
    List<Order> ordering,
    @Nullable Long limit,
    long offset,
    boolean rowIds) {

  /** A column of the result: what to select, and the value. */
  record Output(Column column, Function<OddRow, @Nullable Object> value) {
    @Override
    public String toString() {
      return column.toString();
    }
  }

  /** A predicate in SQL and in Java. */
  record Filter(String sql, Predicate<OddRow> java) {
    @Override
    public String toString() {
      return sql;
    }
  }

  /** A search. */
  record Near(float x, float y, int k) {}

  /** A row on its way. */
  private record Found(OddRow row, float distance) {}

  static QueryCase all() {
    return new QueryCase(List.of(), List.of(), null, List.of(), null, 0, false);
  }

  Query over(Relation relation) {
    Query query = relation.search();
    for (Filter filter : filters) {
      query = query.where(filter.sql());
    }
    if (!outputs.isEmpty()) {
      query = query.select(outputs.stream().map(Output::column).toArray(Column[]::new));
    }
    if (near != null) {
      query = query.nearestTo("v", new float[] {near.x(), near.y()}, near.k());
    }
    if (!ordering.isEmpty()) {
      query = query.orderBy(ordering.toArray(Order[]::new));
    }
    query = limit == null ? query : query.limit(limit);
    query = offset == 0 ? query : query.offset(offset);
    return rowIds ? query.withRowId() : query;
  }

  /** The rows; in the place of a row id stands the row's {@code id}. */
  List<List<@Nullable Object>> over(List<OddRow> table) {
    Stream<Found> rows =
        table.stream()
            .filter(row -> filters.stream().allMatch(filter -> filter.java().test(row)))
            .map(row -> new Found(row, distance(row)));
    if (near != null) {
      rows =
          rows.filter(found -> !Float.isNaN(found.distance()))
              .sorted(Comparator.comparingDouble(Found::distance))
              .limit(near.k());
    }
    if (!ordering.isEmpty()) {
      rows = rows.sorted(comparator());
    }
    return rows.skip(offset)
        .limit(Objects.requireNonNullElse(limit, Long.MAX_VALUE))
        .map(this::result)
        .toList();
  }

  private float distance(OddRow row) {
    if (near == null || !(row.value("v") instanceof List<?> pair)) {
      return Float.NaN;
    }
    float x = (Float) pair.get(0) - near.x();
    float y = (Float) pair.get(1) - near.y();
    return x * x + y * y;
  }

  private List<@Nullable Object> result(Found found) {
    List<@Nullable Object> values = new ArrayList<>();
    if (outputs.isEmpty()) {
      OddRow.columns().forEach(column -> values.add(found.row().value(column)));
    }
    outputs.forEach(output -> values.add(output.value().apply(found.row())));
    if (near != null) {
      values.add(found.distance());
    }
    if (rowIds) {
      values.add(found.row().id());
    }
    return values;
  }

  private Comparator<Found> comparator() {
    return ordering.stream()
        .map(order -> (Comparator<Found>) (a, b) -> compare(order, a, b))
        .reduce(Comparator::thenComparing)
        .orElseThrow();
  }

  private static int compare(Order order, Found a, Found b) {
    Object left = key(order.column(), a);
    Object right = key(order.column(), b);
    if (left == null || right == null) {
      int last = Boolean.compare(left == null, right == null);
      return order.nulls() == Order.Nulls.LAST ? last : -last;
    }
    int ascending = compare(order.column(), left, right);
    return order.direction() == Order.Direction.ASCENDING ? ascending : -ascending;
  }

  private static @Nullable Object key(String column, Found found) {
    if (column.equals("_distance")) {
      return found.distance();
    }
    return column.startsWith("st.")
        ? found.row().inStruct(column.substring(3).replace("`", ""))
        : found.row().value(column);
  }

  private static int compare(String column, Object a, Object b) {
    if (a instanceof Double x && b instanceof Double y) {
      return Double.compare(x == 0 ? 0.0 : x, y == 0 ? 0.0 : y);
    } else if (column.equals("it's-\"big\"")) {
      return Long.compareUnsigned((Long) a, (Long) b);
    } else if (column.equals("größe")) {
      return Integer.compareUnsigned((Integer) a, (Integer) b);
    } else if (a instanceof Byte x && b instanceof Byte y) {
      return Byte.compareUnsigned(x, y);
    } else if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
      return x.compareTo(y);
    } else if (a instanceof Boolean x && b instanceof Boolean y) {
      return Boolean.compare(x, y);
    } else if (a instanceof String x && b instanceof String y) {
      return java.util.Arrays.compareUnsigned(
          x.getBytes(java.nio.charset.StandardCharsets.UTF_8),
          y.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } else if (a instanceof Float x && b instanceof Float y) {
      return x.compareTo(y);
    }
    return Long.compare(((Number) a).longValue(), ((Number) b).longValue());
  }
}
