package dev.geneva.internal.partition;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.ViewOptions.UncoveredRows;
import dev.geneva.internal.lance.IvfAssignments;
import dev.geneva.internal.lance.IvfIndex;
import dev.geneva.internal.lance.NearestPartition;
import dev.geneva.udtf.PartitionKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * Partitions by an IVF index: each row goes to the partition that the index has it in. Rows that
 * the index doesn't know go where its own {@code optimize} would put them, and those that it can't
 * hold, such as null vectors, form a partition of their own, the last.
 */
public final class IndexPartitioner {

  private final IvfIndex index;
  private final IvfAssignments assignments;
  private final UncoveredRows policy;

  /**
   * Partitions by an index.
   *
   * @param assignments those of the index
   * @param policy what becomes of rows that the index doesn't know
   */
  public IndexPartitioner(IvfIndex index, IvfAssignments assignments, UncoveredRows policy) {
    this.index = index;
    this.assignments = assignments;
    this.policy = policy;
  }

  /**
   * Reads row ids, and vectors where the index may not know a row, and partitions by them.
   *
   * @param rows with a column {@code _rowid}, and the index's column before it unless the index
   *     covers every row; remains the caller's to close
   * @throws InvalidDefinitionException if a row isn't covered and the view's options say that this
   *     is an error
   */
  public Assignment partition(ArrowReader rows) {
    int partitions = assignments.partitions();
    int unindexable = partitions;
    int leftOut = partitions + 1;
    RowOrdinals.Builder ids = new RowOrdinals.Builder();
    long[] counts = new long[partitions + 2];
    long uncovered = 0;
    try {
      while (rows.loadNextBatch()) {
        VectorSchemaRoot batch = rows.getVectorSchemaRoot();
        UInt8Vector rowIds = (UInt8Vector) batch.getVector("_rowid");
        for (int row = 0; row < batch.getRowCount(); row++) {
          int ordinal = assignments.ordinalOf(rowIds.get(row));
          if (ordinal == IvfAssignments.UNCOVERED) {
            uncovered++;
            ordinal =
                policy == UncoveredRows.LEAVE_OUT ? leftOut : nearest(batch, row, unindexable);
          }
          ids.add(ordinal);
          counts[ordinal]++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (uncovered > 0 && policy == UncoveredRows.FAIL) {
      throw notCovered(uncovered, counts[unindexable]);
    }
    return assignment(ids, counts, uncovered);
  }

  private InvalidDefinitionException notCovered(long rows, long unindexable) {
    return new InvalidDefinitionException(
        "Index '%s' doesn't cover %d rows that the view reads%s. %s the view with another option for uncovered rows."
            .formatted(
                index.name(),
                rows,
                unindexable == 0
                    ? ""
                    : ", %d of them without a vector for it".formatted(unindexable),
                rows == unindexable ? "Create" : "Call optimize() on the table, or create"));
  }

  private int nearest(VectorSchemaRoot batch, int row, int unindexable) {
    int ordinal = index.nearestPartition().ofRow((FixedSizeListVector) batch.getVector(0), row);
    return ordinal == NearestPartition.UNINDEXABLE ? unindexable : ordinal;
  }

  /** Partitions without rows aren't partitions; rows that are left out get the last number. */
  private Assignment assignment(RowOrdinals.Builder ids, long[] counts, long uncovered) {
    int[] renumbered = new int[counts.length];
    List<PartitionKey> keys = new ArrayList<>();
    List<Long> rows = new ArrayList<>();
    int unindexable = counts.length - 2;
    for (int ordinal = 0; ordinal <= unindexable; ordinal++) {
      renumbered[ordinal] = keys.size();
      if (counts[ordinal] > 0) {
        keys.add(
            ordinal == unindexable
                ? new PartitionKey.Unindexable(index.column())
                : new PartitionKey.IndexPartition(index.column(), ordinal));
        rows.add(counts[ordinal]);
      }
    }
    renumbered[unindexable + 1] = keys.size();
    return new Assignment(keys, rows, ids.build(renumbered, keys.size() + 1), uncovered);
  }
}
