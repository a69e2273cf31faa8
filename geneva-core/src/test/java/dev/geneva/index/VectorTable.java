package dev.geneva.index;

import dev.geneva.VectorMetric;
import dev.geneva.internal.lance.IvfIndex;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.lance.NearestPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.WriteParams.WriteMode;
import org.lance.index.OptimizeOptions;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;
import org.lance.merge.MergeInsertParams;

/**
 * A table {@code t} of ids and vectors, written by Lance itself, so that it can be brought into
 * states that the library doesn't make.
 */
final class VectorTable implements AutoCloseable {

  private final BufferAllocator allocator = new RootAllocator();
  private final Path database;
  private final Vectors vectors;
  private boolean stableRowIds;
  private String format = "2.1";

  VectorTable(Path database, Vectors vectors) {
    this.database = database;
    this.vectors = vectors;
  }

  VectorTable withStableRowIds(boolean stable) {
    stableRowIds = stable;
    return this;
  }

  VectorTable inFormat(String version) {
    format = version;
    return this;
  }

  Path database() {
    return database;
  }

  Path path() {
    return database.resolve("t.lance");
  }

  BufferAllocator allocator() {
    return allocator;
  }

  /** Creates the table, or appends to it, in files of 400 rows. */
  VectorTable write(int from, int to) {
    WriteMode mode = path().toFile().exists() ? WriteMode.APPEND : WriteMode.CREATE;
    try (ArrowReader rows = vectors.rows(allocator, from, to, 0)) {
      Dataset.write()
          .allocator(allocator)
          .reader(rows)
          .uri(path().toString())
          .mode(mode)
          .enableStableRowIds(stableRowIds)
          .dataStorageVersion(format)
          .maxRowsPerFile(400)
          .execute()
          .close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return this;
  }

  /** Gives rows other vectors. */
  void update(int from, int to) throws Exception {
    try (Dataset dataset = open();
        ArrowReader rows = vectors.rows(allocator, from, to, 1);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, rows, stream);
      dataset
          .mergeInsert(
              new MergeInsertParams(List.of("id"))
                  .withMatchedUpdateAll()
                  .withNotMatched(MergeInsertParams.WhenNotMatched.DoNothing),
              stream)
          .dataset()
          .close();
    }
  }

  /** Changes the table. */
  void change(Consumer<Dataset> change) {
    try (Dataset dataset = open()) {
      change.accept(dataset);
    }
  }

  /** Lance's optimize with a number of parts to merge. */
  void optimize(int merged) {
    change(d -> d.optimizeIndices(OptimizeOptions.builder().numIndicesToMerge(merged).build()));
  }

  Dataset open() {
    return Dataset.open().allocator(allocator).uri(path().toString()).build();
  }

  /** What the index says of the latest version. */
  State read() {
    return read("vec");
  }

  State read(String column) {
    return read("t", column);
  }

  /** What it says of another table, or of a branch as a table. */
  State readFrom(String name) {
    return read(name, "vec");
  }

  private State read(String name, String column) {
    LanceStorage storage = new LanceStorage(database, Map.of(), allocator);
    String path = storage.uri(name);
    try (LanceDataset dataset = storage.open(name, OptionalLong.empty());
        Dataset raw = Dataset.open().allocator(allocator).uri(path).build()) {
      IvfIndex index = IvfIndex.open(dataset, column);
      var assignments = index.assignments();
      NearestPartition nearest = index.nearestPartition();
      State state =
          new State(
              index.partitions(),
              index.metric(),
              new TreeMap<>(),
              new TreeMap<>(),
              new HashMap<>());
      ScanOptions options = new ScanOptions.Builder().withRowId(true).build();
      try (LanceScanner scanner = LanceScanner.create(raw, options, allocator);
          ArrowReader reader = scanner.scanBatches()) {
        while (reader.loadNextBatch()) {
          VectorSchemaRoot root = reader.getVectorSchemaRoot();
          BigIntVector ids = (BigIntVector) root.getVector("id");
          UInt8Vector rowIds = (UInt8Vector) root.getVector("_rowid");
          FixedSizeListVector column1 = (FixedSizeListVector) root.getVector(column);
          for (int i = 0; i < root.getRowCount(); i++) {
            state.assigned.put(ids.get(i), assignments.ordinalOf(rowIds.get(i)));
            state.predicted.put(ids.get(i), nearest.ofRow(column1, i));
            state.rowIds.put(rowIds.get(i), ids.get(i));
          }
        }
      }
      long[] counted = new long[index.partitions()];
      state.assigned.values().stream().filter(p -> p >= 0).forEach(p -> counted[p]++);
      for (int p = 0; p < counted.length; p++) {
        org.assertj.core.api.Assertions.assertThat(assignments.rowsOf(p)).isEqualTo(counted[p]);
      }
      return state;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The state of an index.
   *
   * @param assigned partition of each id, or less than zero
   * @param predicted the nearest partition of each id's vector, covered or not
   * @param rowIds from row ids to ids
   */
  record State(
      int partitions,
      VectorMetric metric,
      Map<Long, Integer> assigned,
      Map<Long, Integer> predicted,
      Map<Long, Long> rowIds) {}

  @Override
  public void close() {
    allocator.close();
  }
}
