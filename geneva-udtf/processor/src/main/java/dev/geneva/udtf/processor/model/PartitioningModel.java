package dev.geneva.udtf.processor.model;

/** How a function's source is split into calls. */
public sealed interface PartitioningModel {

  /** Not at all. */
  record None() implements PartitioningModel {}

  /**
   * By the values of a column.
   *
   * @param column its name
   */
  record ByColumn(String column) implements PartitioningModel {}

  /**
   * By the partitions of a column's index.
   *
   * @param column its name
   */
  record ByIndexedColumn(String column) implements PartitioningModel {}
}
