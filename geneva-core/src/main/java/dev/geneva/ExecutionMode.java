package dev.geneva;

/** How the source of a refresh is split into calls of the function. */
public enum ExecutionMode {
  /** One call that sees all rows. */
  SINGLE_WORKER,
  /** One call for each value of a column. */
  PARTITIONED_BY_COLUMN,
  /** One call for each partition of a vector index. */
  PARTITIONED_BY_INDEX
}
