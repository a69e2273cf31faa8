package dev.geneva.internal.query;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.Order;
import dev.geneva.internal.arrow.Schemas;
import dev.geneva.internal.lance.Computation;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.text.Predicates;
import dev.geneva.internal.text.SqlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A query with what it names looked up in a dataset. Thread-safe.
 *
 * @param spec the query
 * @param outputs the result's columns
 * @param filter the predicates as one
 * @param ordering the columns to sort by, each named as Lance calls it
 * @param computation of the columns that aren't stored
 */
record ResolvedQuery(
    QuerySpec spec,
    List<OutputColumn> outputs,
    Optional<String> filter,
    List<Field> ordering,
    Optional<Computation> computation) {

  static ResolvedQuery of(LanceDataset dataset, QuerySpec spec) {
    Schema schema = Schemas.withoutMetadata(dataset.schema());
    requireFree(schema, spec);
    spec.predicates()
        .forEach(sql -> SqlText.requireUnambiguousPredicate(sql, ColumnPaths.allNames(schema)));
    Optional<Computation> computation = computation(dataset, schema, spec);
    return new ResolvedQuery(
        spec,
        outputs(schema, spec, computation),
        Predicates.all(spec.predicates()),
        ordering(schema, spec),
        computation);
  }

  /** The columns that a query adds have names of their own. */
  private static void requireFree(Schema schema, QuerySpec spec) {
    for (String added : List.of(QuerySpec.ROW_ID, QuerySpec.DISTANCE)) {
      boolean wanted = added.equals(QuerySpec.ROW_ID) ? spec.hasRowIds() : spec.nearest() != null;
      if (wanted && (Schemas.names(schema).contains(added) || spec.columns().contains(added))) {
        throw new InvalidDefinitionException(
            "The query adds a column '%s', and there is one of this name in '%s' or its select."
                .formatted(added, spec.source()));
      }
    }
  }

  private static Optional<Computation> computation(
      LanceDataset dataset, Schema schema, QuerySpec spec) {
    Map<String, String> needed = new LinkedHashMap<>();
    spec.expressions()
        .forEach(
            (name, sql) -> {
              SqlText.requireRowExpression(name, sql, ColumnPaths.allNames(schema));
              needed.put(name, sql);
            });
    return needed.isEmpty()
        ? Optional.empty()
        : Optional.of(Computation.of(dataset, needed, schema));
  }

  private static List<OutputColumn> outputs(
      Schema schema, QuerySpec spec, Optional<Computation> computation) {
    List<OutputColumn> outputs = new ArrayList<>();
    List<String> selected = spec.columns().isEmpty() ? Schemas.names(schema) : spec.columns();
    for (String column : selected) {
      outputs.add(
          spec.expressions().containsKey(column)
              ? computed(column, computation.orElseThrow().schema())
              : stored(ColumnPaths.find(schema, column, in(schema, column, spec))));
    }
    if (spec.nearest() != null) {
      requireSearchable(schema, spec.nearest(), spec.source());
      outputs.add(stored(RankedReader.DISTANCE));
    }
    if (spec.hasRowIds()) {
      outputs.add(stored(RankedReader.ROW_ID));
    }
    return List.copyOf(outputs);
  }

  private static String in(Schema schema, String column, QuerySpec spec) {
    String hint =
        column.equals(QuerySpec.ROW_ID) && !Schemas.names(schema).contains(column)
            ? " (withRowId() adds it)"
            : "";
    return "in '" + spec.source() + "'" + hint;
  }

  private static OutputColumn stored(Field field) {
    return new OutputColumn(field, Optional.of(field.getName()));
  }

  private static OutputColumn computed(String name, Schema schema) {
    return new OutputColumn(schema.findField(name), Optional.empty());
  }

  private static void requireSearchable(Schema schema, Nearest nearest, String source) {
    Field field = ColumnPaths.find(schema, nearest.column(), "in '" + source + "'");
    boolean floats =
        field.getChildren().size() == 1
            && field.getChildren().get(0).getType() instanceof ArrowType.FloatingPoint;
    if (!(field.getType() instanceof ArrowType.FixedSizeList list) || !floats) {
      throw new InvalidDefinitionException(
          "nearestTo needs fixed-size lists of floating-point numbers; column '%s' is %s."
              .formatted(nearest.column(), Schemas.type(field)));
    }
    if (list.getListSize() != nearest.vector().size()) {
      throw new InvalidDefinitionException(
          "Column '%s' holds vectors of %d numbers; nearestTo was given %d."
              .formatted(nearest.column(), list.getListSize(), nearest.vector().size()));
    }
  }

  private static List<Field> ordering(Schema schema, QuerySpec spec) {
    List<Field> fields = new ArrayList<>();
    for (Order order : spec.ordering()) {
      fields.add(orderField(schema, order.column(), spec));
    }
    fields.forEach(SortKeys::requireOrderable);
    return fields;
  }

  private static Field orderField(Schema schema, String column, QuerySpec spec) {
    if (column.equals(QuerySpec.DISTANCE) && spec.nearest() != null) {
      return RankedReader.DISTANCE;
    }
    if (spec.expressions().containsKey(column) && !Schemas.names(schema).contains(column)) {
      throw new NotFoundException(
          "No column '%s' in '%s': orderBy sees the columns before select computes any."
              .formatted(column, spec.source()));
    }
    return ColumnPaths.find(schema, column, "in '" + spec.source() + "'");
  }

  /** Whether the rows have another order than the one in which they are stored. */
  boolean isRanked() {
    return spec.nearest() != null || !spec.ordering().isEmpty();
  }

  /** What computes these columns, which may be fewer than the query's. */
  Optional<Computation> computation(List<OutputColumn> computed) {
    return computed.isEmpty() ? Optional.empty() : computation;
  }

  /** How many of so many rows are left by offset and limit. */
  long rows(long candidates) {
    long rows = Math.max(0, candidates - spec.offset());
    return spec.limit() == null ? rows : Math.min(rows, spec.limit());
  }
}
