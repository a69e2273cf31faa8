package dev.geneva.udtf.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one vector. It looks at what the vector holds at the time of each call, so it
 * outlives a refill.
 *
 * @param <T> the values' Java type
 */
@FunctionalInterface
public interface ColumnReader<T> {

  /**
   * Reads one value.
   *
   * @param row the row's index in the vector
   * @return null only if the column is nullable
   */
  @Nullable T read(int row);
}
