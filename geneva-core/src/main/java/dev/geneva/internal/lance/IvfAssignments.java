package dev.geneva.internal.lance;

import java.util.Arrays;

/**
 * Which partition of an index each row is in. Immutable.
 *
 * <p>Rows without stable ids are found by their address (the fragment in the upper half of the id,
 * the position in the lower), in an array for each fragment; those with stable ids in one array, as
 * ids are mostly dense, or else by binary search.
 */
public final class IvfAssignments {

  /** The index doesn't know the row: it is newer, was changed, or has no vector. */
  public static final int UNCOVERED = Ordinals.NONE;

  private final Lookup lookup;
  private final long[] rows;

  private IvfAssignments(Lookup lookup, int partitions) {
    this.lookup = lookup;
    this.rows = new long[partitions];
    lookup.count(rows);
  }

  /**
   * Assignments of rows by address.
   *
   * @param fragments ids, ascending
   * @param ordinals for each fragment, by position
   */
  static IvfAssignments ofAddresses(int[] fragments, Ordinals[] ordinals, int partitions) {
    return new IvfAssignments(new ByAddress(fragments, ordinals), partitions);
  }

  /**
   * Assignments of rows by id.
   *
   * @param ids in any order, none twice
   * @param ordinals for each id
   */
  static IvfAssignments ofIds(long[] ids, Ordinals ordinals, int partitions) {
    return new IvfAssignments(IdOrdinals.of(ids, ordinals, partitions), partitions);
  }

  /**
   * The partition of a row.
   *
   * @param rowId of a live row of the version that the index was opened at, as a scan's {@code
   *     _rowid}
   * @return an ordinal, or {@link #UNCOVERED}
   */
  public int ordinalOf(long rowId) {
    return lookup.ordinalOf(rowId);
  }

  /** The number of partitions, empty ones included. */
  public int partitions() {
    return rows.length;
  }

  /** The number of live rows of a partition. */
  public long rowsOf(int ordinal) {
    return rows[ordinal];
  }

  /** The number of live rows that are in a partition. */
  public long coveredRows() {
    return Arrays.stream(rows).sum();
  }

  /** From row ids to ordinals. */
  interface Lookup {
    /** The ordinal of a row, or {@link #UNCOVERED}. */
    int ordinalOf(long rowId);

    /** Adds the rows of each partition to a count. */
    void count(long[] into);
  }

  private record ByAddress(int[] fragments, Ordinals[] ordinals) implements Lookup {
    @Override
    public int ordinalOf(long rowId) {
      int at = Arrays.binarySearch(fragments, (int) (rowId >>> 32));
      int position = (int) rowId;
      return at >= 0 && position >= 0 && position < ordinals[at].length()
          ? ordinals[at].get(position)
          : UNCOVERED;
    }

    @Override
    public void count(long[] into) {
      for (Ordinals fragment : ordinals) {
        fragment.count(into);
      }
    }
  }
}
