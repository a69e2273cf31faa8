package dev.geneva.internal.run;

import dev.geneva.StorageException;
import dev.geneva.internal.partition.RowOrdinals;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.query.QueryScan;
import dev.geneva.internal.query.QuerySpec;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * Which rows of a query some partitions have, found by a scan of the ids alone. Such a scan is of
 * the same query over the same version as the one that gave the numbers, so its n-th row is that of
 * the n-th number, too.
 *
 * @param ids of the rows, in the query's order
 * @param ordinals the partition of each
 */
record PickedRows(long[] ids, int[] ordinals) {

  private static final int SCAN_BATCH = 8192;

  /**
   * Finds them.
   *
   * @param allocator for what passes through
   * @throws IllegalStateException if the scan doesn't have the rows that were planned
   */
  static PickedRows of(
      QueryScan scan,
      RowOrdinals ordinals,
      List<Partition> partitions,
      Cancellation cancellation,
      BufferAllocator allocator) {
    BitSet wanted = new BitSet(ordinals.partitions());
    partitions.forEach(partition -> wanted.set(partition.ordinal()));
    int total = Math.toIntExact(partitions.stream().mapToLong(Partition::rows).sum());
    long[] ids = new long[total];
    int[] partitionOf = new int[total];
    long position = 0;
    int found = 0;
    try (ArrowReader rows = scan.rowIds(SCAN_BATCH, allocator)) {
      while (rows.loadNextBatch()) {
        cancellation.check();
        VectorSchemaRoot batch = rows.getVectorSchemaRoot();
        UInt8Vector column = (UInt8Vector) batch.getVector(QuerySpec.ROW_ID);
        int count = batch.getRowCount();
        for (int row = 0; row < count && position + row < ordinals.count(); row++) {
          int ordinal = ordinals.get(position + row);
          if (wanted.get(ordinal) && found++ < total) {
            ids[found - 1] = column.get(row);
            partitionOf[found - 1] = ordinal;
          }
        }
        position += count;
      }
    } catch (IOException e) {
      throw new StorageException("Reading row ids failed.", e);
    }
    requirePlanned(position, ordinals.count(), found, total);
    return new PickedRows(ids, partitionOf);
  }

  /** Finds out whether a scan gave what was planned. */
  static void requirePlanned(long rows, long planned, long found, long wanted) {
    if (rows != planned || found != wanted) {
      throw new IllegalStateException(
          "The scan has other rows than the plan: %d instead of %d, of which %d instead of %d are wanted."
              .formatted(rows, planned, found, wanted));
    }
  }
}
