package dev.geneva.udtf;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Converts between records and Arrow columns. The annotation processor generates one for each
 * {@link ArrowRecord}, under the name that {@link GeneratedNames#converterOf} gives, with a public
 * constructor without parameters.
 *
 * <p>Implementations are immutable and thread-safe.
 *
 * @param <R> the record
 */
public interface ArrowRecordConverter<R extends Record> {

  /** The record's class. */
  Class<R> recordClass();

  /** The record's columns, in the order of its components. */
  Schema schema();

  /**
   * Replaces a root's content by records, column by column.
   *
   * @param records the records, none of them null
   * @param root a root of {@link #schema()}, which remains the caller's; its row count is set
   * @throws IllegalArgumentException if a value doesn't fit its column, such as an array of another
   *     length than its {@link FixedSize}; the message names the column and the record's index
   * @throws NullPointerException if a component that isn't {@code @Nullable} is null, likewise
   */
  void write(List<? extends R> records, VectorSchemaRoot root);

  /**
   * Looks up the record's columns by name in a root. The reader sees what the root holds at the
   * time of each call, so it may be kept while the root is refilled.
   *
   * @param root has at least the columns of {@link #schema()}, of the same types, in any order;
   *     whether they are declared nullable doesn't matter
   * @throws IllegalArgumentException if a column is missing or has another type
   */
  RowReader<R> reader(VectorSchemaRoot root);

  /**
   * Reads records out of a root.
   *
   * @param <R> the record
   */
  @FunctionalInterface
  interface RowReader<R> {

    /**
     * Reads one row.
     *
     * @param row the row's index in the root's present content
     * @throws IllegalStateException if a column holds null and its component isn't
     *     {@code @Nullable}; the message names the column and the row
     */
    R read(int row);
  }
}
