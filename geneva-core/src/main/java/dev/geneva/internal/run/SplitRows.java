package dev.geneva.internal.run;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.internal.arrow.BatchCopy;
import dev.geneva.internal.arrow.Gather;
import dev.geneva.internal.arrow.LoadingReader;
import dev.geneva.internal.partition.RowOrdinals;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.query.QueryScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The rows of all partitions of a task, in memory, each partition's together and in the query's
 * order: one scan, then one counting sort.
 */
final class SplitRows implements AutoCloseable {

  private static final int SCAN_BATCH = 8192;

  private final Schema schema;
  private final VectorSchemaRoot sorted;
  private final Map<Integer, Integer> starts;

  private SplitRows(Schema schema, VectorSchemaRoot sorted, Map<Integer, Integer> starts) {
    this.schema = schema;
    this.sorted = sorted;
    this.starts = starts;
  }

  /**
   * Reads a task's rows.
   *
   * @param scan the query, restricted to the function's columns
   * @param ordinals the partition of each of the query's rows
   * @param allocator owns the rows; remains the caller's
   * @throws IllegalStateException if the scan doesn't have the rows that were planned
   */
  static SplitRows read(
      QueryScan scan,
      RowOrdinals ordinals,
      Task task,
      Cancellation cancellation,
      BufferAllocator allocator) {
    int[] next = new int[ordinals.partitions()];
    Arrays.fill(next, -1);
    Map<Integer, Integer> starts = new HashMap<>();
    int total = 0;
    for (Partition partition : task.partitions()) {
      starts.put(partition.ordinal(), total);
      next[partition.ordinal()] = total;
      total = Math.toIntExact(total + partition.rows());
    }
    List<VectorSchemaRoot> batches = new ArrayList<>();
    try (ArrowReader rows = scan.batches(SCAN_BATCH, allocator)) {
      int[] batchOf = new int[total];
      int[] rowOf = new int[total];
      long position = 0;
      int found = 0;
      while (rows.loadNextBatch()) {
        cancellation.check();
        VectorSchemaRoot batch = rows.getVectorSchemaRoot();
        int count = batch.getRowCount();
        int[] picked = new int[count];
        int n = 0;
        for (int row = 0; row < count; row++) {
          int ordinal = ordinals.get(position + row);
          if (next[ordinal] >= 0) {
            int to = next[ordinal]++;
            batchOf[to] = batches.size();
            rowOf[to] = n;
            picked[n++] = row;
          }
        }
        position += count;
        found += n;
        if (n > 0) {
          batches.add(n == count ? taken(batch, allocator) : picked(batch, picked, n, allocator));
        }
      }
      if (found != total || position != ordinals.count()) {
        throw new IllegalStateException(
            "The scan has other rows than the plan: "
                + position
                + " instead of "
                + ordinals.count());
      }
      VectorSchemaRoot sorted =
          batches.isEmpty()
              ? VectorSchemaRoot.create(scan.schema(), allocator)
              : Gather.rows(batches, batchOf, rowOf, total, allocator);
      return new SplitRows(scan.schema(), sorted, starts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      batches.forEach(VectorSchemaRoot::close);
    }
  }

  /** The reader's vectors, which it fills anew with the next batch. */
  private static VectorSchemaRoot taken(VectorSchemaRoot batch, BufferAllocator allocator) {
    VectorSchemaRoot taken = VectorSchemaRoot.create(batch.getSchema(), allocator);
    try (ArrowRecordBatch shared = BatchCopy.share(batch)) {
      new VectorLoader(taken).load(shared);
    }
    return taken;
  }

  private static VectorSchemaRoot picked(
      VectorSchemaRoot batch, int[] rows, int count, BufferAllocator allocator) {
    return Gather.rows(List.of(batch), new int[count], rows, count, allocator);
  }

  /** The rows of one of the task's partitions; valid until this is closed. */
  PartitionRows of(Partition partition) {
    Integer start = starts.get(partition.ordinal());
    if (start == null) {
      throw new IllegalArgumentException("Not of this task: " + partition);
    }
    return new Slice(start, (int) partition.rows());
  }

  @Override
  public void close() {
    sorted.close();
  }

  private final class Slice implements PartitionRows {
    private final int start;
    private final int count;

    Slice(int start, int count) {
      this.start = start;
      this.count = count;
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public long count() {
      return count;
    }

    /** Copies, as the function's memory is counted apart from the task's. */
    private ArrowRecordBatch copy(int from, int rows, BufferAllocator allocator) {
      try (VectorSchemaRoot slice = sorted.slice(start + from, rows)) {
        return BatchCopy.copy(slice, allocator);
      }
    }

    @Override
    public ArrowReader batches(int batchSize, BufferAllocator allocator) {
      if (batchSize < 1) {
        throw new InvalidDefinitionException(
            "batchSize must be at least 1, not " + batchSize + ".");
      }
      int[] position = new int[1];
      return new LoadingReader(
          schema,
          new MapDictionaryProvider(),
          () -> {
            int rows = Math.min(batchSize, count - position[0]);
            if (rows <= 0) {
              return Optional.empty();
            }
            ArrowRecordBatch batch = copy(position[0], rows, allocator);
            position[0] += rows;
            return Optional.of(batch);
          },
          allocator);
    }

    @Override
    public VectorSchemaRoot all(BufferAllocator streams, BufferAllocator allocator) {
      VectorSchemaRoot all = VectorSchemaRoot.create(schema, allocator);
      try (ArrowRecordBatch copy = copy(0, count, allocator)) {
        new VectorLoader(all).load(copy);
        return all;
      } catch (Throwable e) {
        all.close();
        throw e;
      }
    }
  }
}
