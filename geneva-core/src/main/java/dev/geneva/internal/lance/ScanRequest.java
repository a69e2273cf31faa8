package dev.geneva.internal.lance;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.lance.index.DistanceType;
import org.lance.ipc.Query;
import org.lance.ipc.ScanOptions;

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

  /** The same in Lance's terms. */
  ScanOptions options() {
    ScanOptions.Builder options = new ScanOptions.Builder().columns(columns).batchSize(batchSize);
    if (limit.equals(OptionalLong.of(0))) {
      // Lance takes a limit of 0 beside a filter for none at all.
      options.filter(filter.map(some -> some + " AND false").orElse("false"));
    } else {
      filter.ifPresent(options::filter);
      limit.ifPresent(options::limit);
    }
    if (offset > 0) {
      options.offset(offset);
    }
    return options.build();
  }

  /** A search without an index, in Lance's terms: see {@link LanceDataset#nearest}. */
  static ScanOptions nearest(String column, float[] key, int rows, Optional<String> filter) {
    Query query =
        new Query.Builder()
            .setColumn(column)
            .setKey(key)
            .setK(rows)
            .setDistanceType(DistanceType.L2)
            .setUseIndex(false)
            .build();
    ScanOptions.Builder options =
        new ScanOptions.Builder()
            .columns(List.of("_distance", "_rowid", "_rowaddr"))
            .nearest(query)
            .prefilter(true);
    filter.ifPresent(options::filter);
    return options.build();
  }
}
