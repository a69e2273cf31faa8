package dev.geneva;

import java.util.Optional;

/**
 * A column of a query's result: one of the relation's, or computed from them.
 *
 * @param name its name in the result
 * @param sql what it is computed by; empty: it is the relation's column, or the field of a struct,
 *     that the name says
 */
public record Column(String name, Optional<String> sql) {

  /** Checks the name. */
  public Column {
    if (name.isEmpty()) {
      throw new InvalidDefinitionException("A column of a query needs a name.");
    }
  }

  /**
   * A column of the relation.
   *
   * @param name as in {@link Query#select(String...)}
   */
  public static Column of(String name) {
    return new Column(name, Optional.empty());
  }

  /**
   * A column that is computed for each row.
   *
   * @param name its name in the result
   * @param sql an SQL expression over the relation's columns, selected or not, such as {@code
   *     "price * quantity"}. Names that aren't plain lower case go in backticks, strings in single
   *     quotes. It sees one row: aggregates, window functions and subqueries are refused.
   */
  public static Column of(String name, String sql) {
    return new Column(name, Optional.of(sql));
  }
}
