package dev.geneva.internal.lance;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Ordinals of stable row ids. Immutable. */
final class IdOrdinals implements IvfAssignments.Lookup {

  /** How many positions there may be for each id before ids are sorted and searched instead. */
  private static final long SPARSE = 4;

  private final long first;
  private final long[] ids;
  private final Ordinals ordinals;

  private IdOrdinals(long first, long[] ids, Ordinals ordinals) {
    this.first = first;
    this.ids = ids;
    this.ordinals = ordinals;
  }

  /**
   * Takes ids with their ordinals.
   *
   * @param ids in any order. One that is there twice with different ordinals has none: its row was
   *     changed between two builds of the index, and it can't be told which is the later.
   * @param ordinals for each id
   */
  static IdOrdinals of(long[] ids, Ordinals ordinals, int partitions) {
    long first = Arrays.stream(ids).min().orElse(0);
    long span = Arrays.stream(ids).max().orElse(-1) - first + 1;
    boolean dense = span >= 0 && span <= Math.min(ids.length * SPARSE, Integer.MAX_VALUE - 8);
    long[] sorted = dense ? new long[0] : Arrays.stream(ids).sorted().distinct().toArray();
    Ordinals target = Ordinals.allocate(dense ? (int) span : sorted.length, partitions);
    IdOrdinals table = new IdOrdinals(first, sorted, target);
    Set<Integer> ambiguous = new HashSet<>();
    for (int i = 0; i < ids.length; i++) {
      int at = table.position(ids[i]);
      int present = target.get(at);
      if (present != Ordinals.NONE && present != ordinals.get(i)) {
        ambiguous.add(at);
      }
      target.set(at, ordinals.get(i));
    }
    ambiguous.forEach(at -> target.set(at, Ordinals.NONE));
    return table;
  }

  @Override
  public int ordinalOf(long rowId) {
    int at = position(rowId);
    return at < 0 ? IvfAssignments.UNCOVERED : ordinals.get(at);
  }

  @Override
  public void count(long[] into) {
    ordinals.count(into);
  }

  /** Where an id's ordinal is, or less than zero. */
  private int position(long rowId) {
    if (ids.length > 0) {
      return Arrays.binarySearch(ids, rowId);
    }
    long at = rowId - first;
    return at >= 0 && at < ordinals.length() ? (int) at : -1;
  }
}
