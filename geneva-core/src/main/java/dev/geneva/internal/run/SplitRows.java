package dev.geneva.internal.run;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.internal.arrow.BatchCopy;
import dev.geneva.internal.arrow.LoadingReader;
import dev.geneva.internal.arrow.Scatter;
import dev.geneva.internal.partition.RowOrdinals;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.query.QueryScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongToIntFunction;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The rows of the partitions of one or more tasks, in memory, each partition's together and in the
 * query's order: one scan, which puts each row where it belongs, or, of few rows, a fetch by their
 * ids. Thread-safe until it is closed.
 */
public final class SplitRows implements AutoCloseable {

  private static final int SCAN_BATCH = 8192;

  private final Schema schema;
  private final VectorSchemaRoot sorted;

  /** Where each partition's rows begin; -1 if they weren't read. */
  private final int[] starts;

  private SplitRows(Schema schema, VectorSchemaRoot sorted, int[] starts) {
    this.schema = schema;
    this.sorted = sorted;
    this.starts = starts;
  }

  /**
   * Reads partitions' rows.
   *
   * @param scan the query, restricted to the function's columns
   * @param ordinals the partition of each of the query's rows
   * @param idsAtATime how many rows to read by their ids at a time; empty: scan all
   * @param allocator owns the rows; remains the caller's
   * @throws IllegalStateException if the scan doesn't have the rows that were planned
   */
  static SplitRows read(
      QueryScan scan,
      RowOrdinals ordinals,
      List<Partition> partitions,
      OptionalInt idsAtATime,
      Cancellation cancellation,
      BufferAllocator allocator) {
    if (idsAtATime.isEmpty()) {
      return split(
          scan.schema(),
          () -> scan.batches(SCAN_BATCH, allocator),
          row -> ordinals.get(row),
          ordinals.count(),
          ordinals.partitions(),
          partitions,
          cancellation,
          allocator);
    }
    PickedRows picked = PickedRows.of(scan, ordinals, partitions, cancellation, allocator);
    return split(
        scan.schema(),
        () -> scan.batchesOf(picked.ids(), idsAtATime.getAsInt(), SCAN_BATCH, allocator),
        row -> picked.ordinals()[(int) row],
        picked.ids().length,
        ordinals.partitions(),
        partitions,
        cancellation,
        allocator);
  }

  private static SplitRows split(
      Schema schema,
      Supplier<ArrowReader> source,
      LongToIntFunction ordinals,
      long planned,
      int allPartitions,
      List<Partition> partitions,
      Cancellation cancellation,
      BufferAllocator allocator) {
    int[] starts = new int[allPartitions];
    Arrays.fill(starts, -1);
    int total = 0;
    for (Partition partition : partitions) {
      starts[partition.ordinal()] = total;
      total = Math.toIntExact(total + partition.rows());
    }
    try (ArrowReader rows = source.get();
        Scatter scatter = new Scatter(schema, total, allocator)) {
      int[] next = starts.clone();
      int[] from = new int[SCAN_BATCH];
      int[] to = new int[SCAN_BATCH];
      long position = 0;
      int found = 0;
      while (rows.loadNextBatch()) {
        cancellation.check();
        VectorSchemaRoot batch = rows.getVectorSchemaRoot();
        int count = batch.getRowCount();
        if (count > from.length) {
          from = new int[count];
          to = new int[count];
        }
        int picked = 0;
        for (int row = 0; row < count; row++) {
          int ordinal = ordinals.applyAsInt(position + row);
          if (next[ordinal] >= 0) {
            from[picked] = row;
            to[picked++] = next[ordinal]++;
          }
        }
        position += count;
        found += picked;
        scatter.add(batch, from, to, picked);
      }
      PickedRows.requirePlanned(position, planned, found, total);
      return new SplitRows(schema, scatter.finish(), starts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of one of the partitions; valid until this is closed. */
  PartitionRows of(Partition partition) {
    int start = starts[partition.ordinal()];
    if (start < 0) {
      throw new IllegalArgumentException("These rows weren't read: " + partition);
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
