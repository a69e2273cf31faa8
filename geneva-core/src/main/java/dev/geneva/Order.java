package dev.geneva;

/**
 * How rows are put in order by one column. Numbers are compared by value (NaN is greater than all
 * others, {@code -0.0} equals {@code 0.0}), strings and binary values by their bytes, {@code false}
 * comes before {@code true}. Nulls come last unless said otherwise, in either direction.
 *
 * @param column a column of the relation, or the field of a struct, as in {@link
 *     Query#select(String...)}; after {@link Query#nearestTo} also {@code _distance}
 * @param direction whether small or large values come first
 * @param nulls where nulls come
 */
public record Order(String column, Direction direction, Nulls nulls) {

  /** Whether small or large values come first. */
  public enum Direction {
    /** Small values first. */
    ASCENDING,
    /** Large values first. */
    DESCENDING
  }

  /** Where nulls come, whatever the direction. */
  public enum Nulls {
    /** Before all values. */
    FIRST,
    /** After all values. */
    LAST
  }

  /** Small values first, nulls last. */
  public static Order asc(String column) {
    return new Order(column, Direction.ASCENDING, Nulls.LAST);
  }

  /** Large values first, nulls last. */
  public static Order desc(String column) {
    return new Order(column, Direction.DESCENDING, Nulls.LAST);
  }

  /** The same with nulls first. */
  public Order nullsFirst() {
    return new Order(column, direction, Nulls.FIRST);
  }

  /** The same with nulls last. */
  public Order nullsLast() {
    return new Order(column, direction, Nulls.LAST);
  }
}
