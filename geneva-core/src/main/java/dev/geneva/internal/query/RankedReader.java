package dev.geneva.internal.query;

import dev.geneva.StorageException;
import dev.geneva.internal.arrow.KeptBatches;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.ScanRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Fetches rows by their ids, in the order of their ranks, some thousands at a time. After the
 * columns it gives {@code _distance}, if there are distances, and {@code _rowid}.
 */
final class RankedReader extends ArrowReader {

  /** Rows that are fetched at a time: measured, more take longer each. */
  static final int CHUNK = 8192;

  static final Field ROW_ID = Field.nullable(QuerySpec.ROW_ID, new ArrowType.Int(64, false));

  static final Field DISTANCE =
      Field.nullable(
          QuerySpec.DISTANCE, new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));

  private final LanceDataset dataset;
  private final Schema columns;
  private final RankedRows ranked;
  private final int end;
  private final int chunk;
  private final VectorSchemaRoot root;
  private int next;

  /**
   * Fetches.
   *
   * @param dataset is held until this is closed
   * @param columns what to fetch, each named as Lance calls it
   * @param from the first rank
   * @param end the rank after the last
   * @param chunk how many to fetch at a time
   */
  RankedReader(
      LanceDataset dataset,
      List<Field> columns,
      RankedRows ranked,
      boolean distances,
      int from,
      int end,
      int chunk,
      BufferAllocator allocator) {
    super(allocator);
    this.columns = new Schema(columns);
    this.ranked = ranked;
    this.next = from;
    this.end = end;
    this.chunk = chunk;
    List<Field> all = new ArrayList<>(columns);
    if (distances) {
      all.add(DISTANCE);
    }
    all.add(ROW_ID);
    this.root = VectorSchemaRoot.create(new Schema(all), allocator);
    this.dataset = dataset.retain();
  }

  @Override
  public boolean loadNextBatch() {
    root.clear();
    int count = Math.min(chunk, end - next);
    if (count <= 0) {
      return false;
    }
    if (!columns.getFields().isEmpty()) {
      fetch(count);
    }
    UInt8Vector ids = (UInt8Vector) root.getVector(QuerySpec.ROW_ID);
    ids.allocateNew(count);
    for (int i = 0; i < count; i++) {
      ids.set(i, ranked.id(next + i));
    }
    if (root.getVector(QuerySpec.DISTANCE) instanceof Float4Vector distances) {
      distances.allocateNew(count);
      for (int i = 0; i < count; i++) {
        distances.set(i, ranked.distance(next + i));
      }
    }
    root.setRowCount(count);
    next += count;
    return true;
  }

  private void fetch(int count) {
    try (KeptBatches fetched = new KeptBatches(allocator);
        ArrowReader reader = dataset.scan(request(count), allocator)) {
      while (reader.loadNextBatch()) {
        fetched.add(reader.getVectorSchemaRoot());
      }
      fetched.gather(places(fetched, count), count, columns.getFields().size(), root);
    } catch (IOException e) {
      throw new StorageException("Reading rows of '" + dataset.name() + "' failed.", e);
    }
  }

  private ScanRequest request(int count) {
    List<String> names = new ArrayList<>();
    columns.getFields().forEach(field -> names.add(field.getName()));
    names.add(QuerySpec.ROW_ID);
    StringBuilder filter = new StringBuilder(QuerySpec.ROW_ID).append(" IN (");
    for (int i = 0; i < count; i++) {
      filter.append(i == 0 ? "" : ",").append(Long.toUnsignedString(ranked.id(next + i)));
    }
    return new ScanRequest(
        names, Optional.of(filter.append(')').toString()), OptionalLong.empty(), 0, chunk);
  }

  /** Where in the fetched rows each one is. */
  private int[] places(KeptBatches fetched, int count) {
    Map<Long, Integer> byId = new HashMap<>();
    int seen = 0;
    for (VectorSchemaRoot batch : fetched.batches()) {
      UInt8Vector ids = (UInt8Vector) batch.getVector(QuerySpec.ROW_ID);
      for (int row = 0; row < batch.getRowCount(); row++) {
        byId.put(ids.get(row), seen++);
      }
    }
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      Integer place = byId.get(ranked.id(next + i));
      if (place == null) {
        throw new StorageException(
            "Table '%s' has no row %d, which its own scan named: its row ids can't be trusted."
                .formatted(dataset.name(), ranked.id(next + i)));
      }
      places[i] = place;
    }
    if (seen != count) {
      throw new StorageException(
          "Table '%s' has %d rows for %d row ids: they can't be trusted."
              .formatted(dataset.name(), seen, count));
    }
    return places;
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() {
    return root;
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  public void close(boolean closeReadSource) {
    if (next <= end) {
      next = Integer.MAX_VALUE;
      root.close();
      dataset.close();
    }
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() {
    return root.getSchema();
  }
}
