package dev.geneva.internal.query;

import dev.geneva.Order;
import dev.geneva.internal.lance.LanceDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Which rows, in which order, where that isn't the order in which they are stored: their ids, and
 * after a search their distances. Rows that are equal keep the order that they were in, so the
 * result is the same every time, which Lance's own sort and search don't promise.
 */
final class RankedRows {

  /** So many more rows than are wanted are kept before the superfluous ones are dropped. */
  private static final int SLACK = 1 << 16;

  private long[] ids = new long[1024];
  private float[] distances = new float[0];
  private int size;

  /** No rows. */
  RankedRows() {}

  /** Rows whose order is known. */
  static RankedRows of(long[] ids) {
    RankedRows rows = new RankedRows();
    rows.ids = ids;
    rows.size = ids.length;
    return rows;
  }

  int size() {
    return size;
  }

  long id(int rank) {
    return ids[rank];
  }

  /** The distance of a row; only after {@link #nearest}. */
  float distance(int rank) {
    return distances[rank];
  }

  /**
   * The rows nearest to a vector, the nearest first; those at the same distance as they are stored.
   * Never by an index.
   */
  static RankedRows nearest(LanceDataset dataset, Nearest nearest, Optional<String> filter) {
    // Lance takes any of those that are equally far away as the last one, so it is asked for all.
    long ask = nearest.k() + 1L;
    while (true) {
      int asked = (int) Math.min(ask, Integer.MAX_VALUE);
      Candidates candidates = new Candidates();
      try (ArrowReader reader = dataset.nearest(nearest.column(), nearest.key(), asked, filter)) {
        while (reader.loadNextBatch()) {
          candidates.add(reader.getVectorSchemaRoot());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      int found = candidates.size;
      if (found < asked
          || asked == Integer.MAX_VALUE
          || candidates.distance(found - 1) > candidates.distance(nearest.k() - 1)) {
        return candidates.ranked(Math.min(found, nearest.k()));
      }
      ask *= 2;
    }
  }

  /**
   * The rows of a stream in another order.
   *
   * @param rows with the columns to sort by and {@code _rowid}, perhaps {@code _distance}
   * @param fields of the columns to sort by
   * @param most the most rows to keep
   */
  static RankedRows sorted(ArrowReader rows, List<Order> ordering, List<Field> fields, long most)
      throws IOException {
    List<SortKeys> keys = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      keys.add(SortKeys.of(ordering.get(i), fields.get(i)));
    }
    RankedRows ranked = new RankedRows();
    while (rows.loadNextBatch()) {
      VectorSchemaRoot batch = rows.getVectorSchemaRoot();
      int count = batch.getRowCount();
      for (int i = 0; i < keys.size(); i++) {
        keys.get(i).add(batch.getVector(fields.get(i).getName()), count);
      }
      ranked.add(batch);
      if (ranked.size > most && ranked.size - most > Math.max(most, SLACK)) {
        ranked.sort(keys, most);
      }
    }
    ranked.sort(keys, most);
    return ranked;
  }

  private void add(VectorSchemaRoot batch) {
    int count = batch.getRowCount();
    if (size > Integer.MAX_VALUE - 8 - count) {
      throw new IllegalStateException("More rows than can be put in order: " + size);
    }
    UInt8Vector rowIds = (UInt8Vector) batch.getVector(QuerySpec.ROW_ID);
    FieldVector distance = batch.getVector(QuerySpec.DISTANCE);
    if (size + count > ids.length) {
      ids = Arrays.copyOf(ids, grown(size + count));
    }
    for (int row = 0; row < count; row++) {
      ids[size + row] = rowIds.get(row);
    }
    if (distance instanceof Float4Vector floats) {
      distances = Arrays.copyOf(distances, ids.length);
      for (int row = 0; row < count; row++) {
        distances[size + row] = floats.get(row);
      }
    }
    size += count;
  }

  private static int grown(int needed) {
    return (int) Math.min(Integer.MAX_VALUE - 8, needed + (long) needed / 2);
  }

  private void sort(List<SortKeys> keys, long most) {
    int[] order =
        StableSort.order(
            size,
            (a, b) -> {
              for (SortKeys key : keys) {
                int compared = key.compare(a, b);
                if (compared != 0) {
                  return compared;
                }
              }
              return 0;
            });
    int[] kept = Arrays.copyOf(order, (int) Math.min(size, most));
    keys.forEach(key -> key.keep(kept));
    long[] keptIds = new long[kept.length];
    float[] keptDistances = new float[distances.length == 0 ? 0 : kept.length];
    for (int i = 0; i < kept.length; i++) {
      keptIds[i] = ids[kept[i]];
      if (keptDistances.length > 0) {
        keptDistances[i] = distances[kept[i]];
      }
    }
    ids = keptIds;
    distances = keptDistances;
    size = kept.length;
  }

  /** What a search found, not yet in a definite order. */
  private static final class Candidates {
    private long[] ids = new long[16];
    private long[] addresses = new long[16];
    private float[] distances = new float[16];
    private int size;

    void add(VectorSchemaRoot batch) {
      UInt8Vector rowIds = (UInt8Vector) batch.getVector(QuerySpec.ROW_ID);
      UInt8Vector rowAddresses = (UInt8Vector) batch.getVector("_rowaddr");
      Float4Vector batchDistances = (Float4Vector) batch.getVector(QuerySpec.DISTANCE);
      int count = batch.getRowCount();
      if (size + count > ids.length) {
        int capacity = grown(size + count);
        ids = Arrays.copyOf(ids, capacity);
        addresses = Arrays.copyOf(addresses, capacity);
        distances = Arrays.copyOf(distances, capacity);
      }
      for (int row = 0; row < count; row++) {
        ids[size] = rowIds.get(row);
        addresses[size] = rowAddresses.get(row);
        distances[size++] = batchDistances.get(row);
      }
    }

    float distance(int row) {
      return distances[row];
    }

    RankedRows ranked(int most) {
      int[] order =
          StableSort.order(
              size,
              (a, b) -> {
                int byDistance = Float.compare(distances[a], distances[b]);
                return byDistance != 0
                    ? byDistance
                    : Long.compareUnsigned(addresses[a], addresses[b]);
              });
      RankedRows ranked = new RankedRows();
      ranked.size = most;
      ranked.ids = new long[most];
      ranked.distances = new float[most];
      for (int i = 0; i < most; i++) {
        ranked.ids[i] = ids[order[i]];
        ranked.distances[i] = distances[order[i]];
      }
      return ranked;
    }
  }
}
