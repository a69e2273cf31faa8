package dev.geneva.udtf.runtime;

import org.apache.arrow.vector.ValueVector;

/**
 * A value that its column can't hold, on its way up to the converter that can name the column and
 * the record in full. Never seen by callers of a converter.
 */
final class InvalidValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String column;
  private final int row;
  private final String problem;
  private final boolean forNull;

  private InvalidValueException(String column, int row, String problem, boolean forNull) {
    super(column + "[" + row + "]: " + problem);
    this.column = column;
    this.row = row;
    this.problem = problem;
    this.forNull = forNull;
  }

  static InvalidValueException forNull(ValueVector vector, int row) {
    return new InvalidValueException(
        vector.getName(), row, "is null, but its component isn't @Nullable", true);
  }

  static InvalidValueException of(ValueVector vector, int row, String problem) {
    return new InvalidValueException(vector.getName(), row, problem, false);
  }

  int row() {
    return row;
  }

  /** The same, seen from the struct around the column: the rows are the same ones. */
  InvalidValueException inStruct(ValueVector struct) {
    return new InvalidValueException(struct.getName() + "." + column, row, problem, forNull);
  }

  /**
   * The same, seen from the list around the element.
   *
   * @param list the list's vector
   * @param listRow the row whose list holds the element
   * @param ordinal the element's place in that list
   */
  InvalidValueException inList(ValueVector list, int listRow, int ordinal) {
    // The name of a list's child ("item") says nothing; what lies below it does.
    int dot = column.indexOf('.');
    String below = dot < 0 ? "" : column.substring(dot);
    return new InvalidValueException(
        list.getName() + "[" + ordinal + "]" + below, listRow, problem, forNull);
  }

  /** What a caller of {@code write} gets. */
  RuntimeException whileWriting() {
    String message = "record " + row + ": column '" + column + "' " + problem;
    return forNull
        ? new NullPointerException(message)
        : new IllegalArgumentException(message, getCause());
  }

  /** What a caller of {@code read} gets. */
  IllegalStateException whileReading() {
    return new IllegalStateException("row " + row + ": column '" + column + "' " + problem);
  }
}
