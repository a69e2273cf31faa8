package dev.geneva.internal.run;

import dev.geneva.internal.arrow.BatchCopy;
import dev.geneva.internal.arrow.BulkReader;
import dev.geneva.internal.arrow.Gather;
import dev.geneva.internal.arrow.LoadingReader;
import dev.geneva.internal.partition.RowOrdinals;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.query.QueryScan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A partition that is too large for memory: each time it is read, the query is scanned and its rows
 * are picked out, or, if they are few of the query's, they are fetched by their ids. Thread-safe.
 */
final class StreamedPartition implements PartitionRows {

  private final QueryScan scan;
  private final RowOrdinals ordinals;
  private final Partition partition;
  private final OptionalInt idsAtATime;
  private final Cancellation cancellation;
  private long @Nullable [] ids;

  /**
   * Reads nothing yet.
   *
   * @param scan the query, restricted to the function's columns
   * @param ordinals the partition of each of the query's rows
   * @param partition which one
   * @param idsAtATime how many rows to read by their ids at a time; empty: scan all
   * @param cancellation of the scan that finds the ids
   */
  StreamedPartition(
      QueryScan scan,
      RowOrdinals ordinals,
      Partition partition,
      OptionalInt idsAtATime,
      Cancellation cancellation) {
    this.scan = scan;
    this.ordinals = ordinals;
    this.partition = partition;
    this.idsAtATime = idsAtATime;
    this.cancellation = cancellation;
  }

  @Override
  public Schema schema() {
    return scan.schema();
  }

  @Override
  public long count() {
    return partition.rows();
  }

  @Override
  public VectorSchemaRoot all(BufferAllocator streams, BufferAllocator allocator) {
    // Always measured first: the files hold other partitions, too.
    return BulkReader.read(
        schema(), count(), Long.MAX_VALUE, () -> batches(8192, streams), allocator);
  }

  @Override
  public ArrowReader batches(int batchSize, BufferAllocator allocator) {
    if (idsAtATime.isPresent()) {
      return scan.batchesOf(ids(allocator), idsAtATime.getAsInt(), batchSize, allocator);
    }
    ArrowReader rows = scan.batches(batchSize, allocator);
    return new LoadingReader(schema(), rows, new Picker(rows, allocator), allocator);
  }

  /** Found when they are first needed and then kept: 8 bytes a row. */
  private synchronized long[] ids(BufferAllocator allocator) {
    long[] found = ids;
    if (found == null) {
      found = PickedRows.of(scan, ordinals, List.of(partition), cancellation, allocator).ids();
      ids = found;
    }
    return found;
  }

  /** Reads on until a batch has rows of the partition. */
  private final class Picker implements LoadingReader.Batches {
    private final ArrowReader rows;
    private final BufferAllocator allocator;
    private long position;

    Picker(ArrowReader rows, BufferAllocator allocator) {
      this.rows = rows;
      this.allocator = allocator;
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }

    @Override
    public Optional<ArrowRecordBatch> next() throws IOException {
      while (rows.loadNextBatch()) {
        VectorSchemaRoot batch = rows.getVectorSchemaRoot();
        int count = batch.getRowCount();
        int[] picked = new int[count];
        int n = 0;
        for (int row = 0; row < count; row++) {
          if (ordinals.get(position + row) == partition.ordinal()) {
            picked[n++] = row;
          }
        }
        position += count;
        if (n > 0) {
          try (VectorSchemaRoot gathered =
              Gather.rows(List.of(batch), new int[n], picked, n, allocator)) {
            return Optional.of(BatchCopy.share(gathered));
          }
        }
      }
      return Optional.empty();
    }
  }
}
