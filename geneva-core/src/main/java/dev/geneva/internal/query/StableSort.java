package dev.geneva.internal.query;

/** Sorts row numbers without an object for each. */
final class StableSort {

  private static final int RUN = 16;

  private StableSort() {}

  /** Which of two rows comes first: negative, 0 or positive. */
  @FunctionalInterface
  interface RowComparator {
    int compare(int a, int b);
  }

  /** The numbers from 0 in order; equal ones stay as they were. A bottom-up merge sort. */
  static int[] order(int size, RowComparator comparator) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    for (int from = 0; from < size; from += RUN) {
      insertionSort(order, from, Math.min(size, from + RUN), comparator);
    }
    int[] target = new int[size];
    for (long width = RUN; width < size; width *= 2) {
      for (long from = 0; from < size; from += 2 * width) {
        int middle = (int) Math.min(size, from + width);
        int end = (int) Math.min(size, from + 2 * width);
        merge(order, target, (int) from, middle, end, comparator);
      }
      int[] swapped = order;
      order = target;
      target = swapped;
    }
    return order;
  }

  private static void insertionSort(int[] rows, int from, int to, RowComparator comparator) {
    for (int i = from + 1; i < to; i++) {
      int row = rows[i];
      int at = i;
      while (at > from && comparator.compare(rows[at - 1], row) > 0) {
        rows[at] = rows[at - 1];
        at--;
      }
      rows[at] = row;
    }
  }

  private static void merge(
      int[] source, int[] target, int from, int middle, int end, RowComparator comparator) {
    int left = from;
    int right = middle;
    for (int at = from; at < end; at++) {
      boolean takeLeft =
          left < middle && (right >= end || comparator.compare(source[left], source[right]) <= 0);
      target[at] = takeLeft ? source[left++] : source[right++];
    }
  }
}
