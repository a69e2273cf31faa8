package dev.geneva.udtf;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Names a partition within one refresh. */
public sealed interface PartitionKey {

  /** The column by which the source is partitioned. */
  String column();

  /**
   * The rows in which a column has one value.
   *
   * @param column the partition column
   * @param value the value as Arrow's {@code getObject} gives it, with text as {@link String}; null
   *     for the partition of NULL
   */
  record Value(String column, @Nullable Object value) implements PartitionKey {
    /** Checks that the column is there. */
    public Value {
      Objects.requireNonNull(column, "column");
    }

    @Override
    public String toString() {
      return column + " = " + (value instanceof String s ? "'" + s + "'" : String.valueOf(value));
    }
  }

  /**
   * The rows of one partition of the column's IVF index.
   *
   * @param column the indexed column
   * @param ordinal the partition's number in the index, from 0
   */
  record IndexPartition(String column, int ordinal) implements PartitionKey {
    /** Checks that the column is there. */
    public IndexPartition {
      Objects.requireNonNull(column, "column");
    }

    @Override
    public String toString() {
      return "index partition " + ordinal + " of " + column;
    }
  }

  /**
   * The rows that no partition of the column's IVF index can hold: null and unindexable vectors.
   *
   * @param column the indexed column
   */
  record Unindexable(String column) implements PartitionKey {
    /** Checks that the column is there. */
    public Unindexable {
      Objects.requireNonNull(column, "column");
    }

    @Override
    public String toString() {
      return "unindexable rows of " + column;
    }
  }
}
