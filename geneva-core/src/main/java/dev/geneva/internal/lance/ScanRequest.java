package dev.geneva.internal.lance;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What to read of a dataset, in storage order.
 *
 * @param columns names, in order; at least one
 * @param filter a predicate in SQL
 * @param limit the most rows, after the offset
 * @param offset rows to leave out
 * @param batchSize the most rows of a batch
 */
public record ScanRequest(
    List<String> columns, Optional<String> filter, OptionalLong limit, long offset, int batchSize) {
  /** Copies the list. */
  public ScanRequest {
    columns = List.copyOf(columns);
  }
}
