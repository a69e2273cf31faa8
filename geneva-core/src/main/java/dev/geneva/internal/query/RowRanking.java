package dev.geneva.internal.query;

import dev.geneva.StorageException;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.ScanRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * The ranks of a query's rows, found when they are first needed and then kept, as a version's rows
 * don't change: 8 bytes a row, 12 after a search. Thread-safe.
 */
final class RowRanking {

  private static final int KEY_BATCH = 8192;

  private final LanceDataset dataset;
  private final ResolvedQuery query;
  private @Nullable RankedRows found;
  private @Nullable RankedRows ranked;

  RowRanking(LanceDataset dataset, ResolvedQuery query) {
    this.dataset = dataset;
    this.query = query;
  }

  /** How many rows the search finds. */
  synchronized long found() {
    return search().size();
  }

  /**
   * Fetches the rows, between offset and limit.
   *
   * @param columns named as Lance calls them; perhaps {@code _rowid} and {@code _distance}
   */
  ArrowReader open(List<Field> columns, BufferAllocator allocator) {
    if (Long.valueOf(0).equals(query.spec().limit())) {
      return reader(columns, new RankedRows(), 0, 0, allocator);
    }
    RankedRows rows = ranked(allocator);
    int from = (int) Math.min(rows.size(), query.spec().offset());
    int end = (int) (from + query.rows(rows.size()));
    return reader(columns, rows, from, end, allocator);
  }

  private synchronized RankedRows ranked(BufferAllocator allocator) {
    if (ranked == null) {
      ranked = query.ordering().isEmpty() ? search() : sorted(allocator);
    }
    return ranked;
  }

  private RankedRows search() {
    Nearest nearest = query.spec().nearest();
    if (nearest == null) {
      throw new IllegalStateException("There is no search in " + query.spec());
    }
    if (found == null) {
      found = RankedRows.nearest(dataset, nearest, query.filter());
    }
    return found;
  }

  private RankedRows sorted(BufferAllocator allocator) {
    QuerySpec spec = query.spec();
    long most =
        spec.limit() == null || spec.limit() > Long.MAX_VALUE - spec.offset()
            ? Long.MAX_VALUE
            : spec.offset() + spec.limit();
    try (ArrowReader rows = unsorted(allocator)) {
      return RankedRows.sorted(rows, spec.ordering(), query.ordering(), most);
    } catch (IOException e) {
      throw new StorageException("Reading '" + dataset.name() + "' failed.", e);
    }
  }

  private ArrowReader unsorted(BufferAllocator allocator) {
    if (query.spec().nearest() != null) {
      RankedRows nearest = search();
      return reader(query.ordering(), nearest, 0, nearest.size(), allocator);
    }
    List<String> columns = new ArrayList<>(query.ordering().stream().map(Field::getName).toList());
    columns.add(QuerySpec.ROW_ID);
    return dataset.scan(
        new ScanRequest(columns, query.filter(), OptionalLong.empty(), 0, KEY_BATCH), allocator);
  }

  private ArrowReader reader(
      List<Field> columns, RankedRows rows, int from, int end, BufferAllocator allocator) {
    boolean distances = query.spec().nearest() != null;
    List<Field> stored =
        columns.stream()
            .filter(field -> !field.getName().equals(QuerySpec.ROW_ID))
            .filter(field -> !(distances && field.getName().equals(QuerySpec.DISTANCE)))
            .toList();
    return new RankedReader(
        dataset, stored, rows, distances, from, end, RankedReader.CHUNK, allocator);
  }
}
