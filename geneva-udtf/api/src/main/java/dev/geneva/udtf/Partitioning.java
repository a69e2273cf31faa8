package dev.geneva.udtf;

import java.util.Objects;

/** How a function's source is split into the calls of one refresh. */
public sealed interface Partitioning {

  /** One call that sees all rows. */
  static Partitioning none() {
    return new None();
  }

  /** One call for each value of a column. */
  static Partitioning byColumn(String column) {
    return new ByColumn(column);
  }

  /** One call for each partition of a column's IVF index. */
  static Partitioning byIndexedColumn(String column) {
    return new ByIndexedColumn(column);
  }

  /** One call that sees all rows. */
  record None() implements Partitioning {}

  /**
   * One call for each value of a column.
   *
   * @param column the column's name
   */
  record ByColumn(String column) implements Partitioning {
    /** Checks that the column is there. */
    public ByColumn {
      Objects.requireNonNull(column, "column");
    }
  }

  /**
   * One call for each partition of a column's IVF index.
   *
   * @param column the indexed column's name
   */
  record ByIndexedColumn(String column) implements Partitioning {
    /** Checks that the column is there. */
    public ByIndexedColumn {
      Objects.requireNonNull(column, "column");
    }
  }
}
