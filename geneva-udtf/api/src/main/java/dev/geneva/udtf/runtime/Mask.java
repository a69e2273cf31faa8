package dev.geneva.udtf.runtime;

/**
 * Which rows of a column lie under a struct that is null. Nobody sees what they hold, so a null
 * there is no error even if the column is non-null.
 */
@FunctionalInterface
public interface Mask {

  /** Hides no row. */
  Mask NONE = row -> false;

  /** Whether the struct around the row is null. */
  boolean hides(int row);
}
