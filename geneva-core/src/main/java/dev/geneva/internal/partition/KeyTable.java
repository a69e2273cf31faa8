package dev.geneva.internal.partition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the distinct values of a partition column, NULL among them, and puts them in order: NULL
 * first, NaN last, text by its UTF-8 bytes. Not thread-safe.
 */
abstract class KeyTable {

  private int nullId = -1;
  private int size;

  /**
   * A table for a column.
   *
   * @return empty if values of the column's type can't be partition keys
   */
  static Optional<KeyTable> of(Field column) {
    KeyTable table = LongKeys.tryOf(column);
    if (table == null) {
      table = DoubleKeys.tryOf(column);
    }
    if (table == null) {
      table = ByteKeys.tryOf(column);
    }
    return Optional.ofNullable(table);
  }

  /** The number of a row's value, which is new if it hasn't been seen. */
  final int idOf(FieldVector column, int row) {
    if (column.isNull(row)) {
      if (nullId < 0) {
        nullId = size++;
      }
      return nullId;
    }
    int id = idOfValue(column, row);
    // Numbers above that of NULL are one more than among the values alone.
    int shifted = nullId >= 0 && id >= nullId ? id + 1 : id;
    size = Math.max(size, shifted + 1);
    return shifted;
  }

  /** The number of distinct values. */
  final int size() {
    return size;
  }

  /** All numbers, in the order of their values. */
  final int[] sorted() {
    Comparator<Integer> byValue = (a, b) -> compareValues(valueId(a), valueId(b));
    Comparator<Integer> order =
        Comparator.<Integer, Boolean>comparing(id -> id != nullId)
            .thenComparing((a, b) -> a == nullId || b == nullId ? 0 : byValue.compare(a, b));
    return IntStream.range(0, size).boxed().sorted(order).mapToInt(Integer::intValue).toArray();
  }

  /**
   * The values of numbers, as Arrow's {@code getObject} has them, with text as strings.
   *
   * @param sorted from {@link #sorted()}, which has NULL first
   */
  final List<@Nullable Object> values(int[] sorted) {
    List<@Nullable Object> values = new ArrayList<>(sorted.length);
    int nulls = sorted.length > 0 && sorted[0] == nullId ? 1 : 0;
    if (nulls > 0) {
      values.add(null);
    }
    values.addAll(valuesOf(IntStream.of(sorted).skip(nulls).map(this::valueId).toArray()));
    return values;
  }

  private int valueId(int id) {
    return nullId >= 0 && id > nullId ? id - 1 : id;
  }

  abstract int idOfValue(FieldVector column, int row);

  abstract int compareValues(int a, int b);

  abstract List<Object> valuesOf(int[] ids);
}
