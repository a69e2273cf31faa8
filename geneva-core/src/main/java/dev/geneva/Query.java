package dev.geneva;

import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A query over a table or view. Whatever the order of the calls, it means: the rows for which all
 * predicates are true ({@link #where}); of those the nearest ({@link #nearestTo}); put in order
 * ({@link #orderBy}), or else as they are stored, or by distance; {@link #offset}, then {@link
 * #limit}; then the columns ({@link #select}). The rows and their order are the same each time,
 * also where the order leaves a choice: rows that are equal keep the order that they had.
 *
 * <p>Immutable: each refinement is a new query. A second call of {@code select}, {@code nearestTo},
 * {@code orderBy}, {@code limit} or {@code offset} replaces the first. Mistakes surface in the
 * terminal calls and when a view is created.
 */
public interface Query {

  /**
   * Restricts the columns.
   *
   * @param columns names of columns of the relation, as they are, in the order wanted; at least
   *     one, none twice. The field {@code x} of a struct {@code st} is {@code "st.x"}, which is
   *     also the result's name of it; a field's name that contains a point goes in backticks, as in
   *     {@code "st.`a.b`"}.
   * @return a query with exactly these columns
   * @throws InvalidDefinitionException if there is none, or one twice
   */
  Query select(String... columns);

  /**
   * Restricts the columns, and computes some.
   *
   * @param columns in the order wanted; at least one, no name twice
   * @return a query with exactly these columns
   * @throws InvalidDefinitionException if there is none, or one twice
   */
  Query select(Column... columns);

  /**
   * Keeps the rows for which a predicate is true, and for which earlier predicates are.
   *
   * @param predicate an SQL expression over the relation's columns, selected or not; names with
   *     unusual characters go in backticks, strings in single quotes
   */
  Query where(String predicate);

  /**
   * Keeps the rows whose vectors are nearest to one, by the Euclidean distance, and adds a column
   * {@code _distance} (float32, the square of that distance) after the others. The nearest comes
   * first. The result is exact: all vectors are compared, no index is used. Rows whose vector is
   * null or contains NaN aren't found.
   *
   * @param column a column, or field of a struct, of fixed-size lists of floating-point numbers
   * @param vector as long as those; finite
   * @param k the most rows, at least 1
   * @throws InvalidDefinitionException if {@code k} or a number of the vector is out of range
   */
  Query nearestTo(String column, float[] vector, int k);

  /**
   * Puts the rows in order, small values first, nulls last: {@code orderBy(Order.asc(…), …)}.
   *
   * @param columns as in {@link Order#column}, the most significant one first; at least one, none
   *     twice
   * @throws InvalidDefinitionException if there is none, or one twice
   */
  Query orderBy(String... columns);

  /**
   * Puts the rows in order. Memory grows with the number of rows (16 bytes and the values of these
   * columns for each), or with offset and limit where they are fewer; the other columns are read
   * row by row afterwards.
   *
   * @param orders the most significant one first; at least one, no column twice
   * @throws InvalidDefinitionException if there is none, or one twice
   */
  Query orderBy(Order... orders);

  /**
   * Keeps at most so many rows.
   *
   * @param rows 0 or more
   * @throws InvalidDefinitionException if it is negative
   */
  Query limit(long rows);

  /**
   * Leaves out the first rows.
   *
   * @param rows 0 or more
   * @throws InvalidDefinitionException if it is negative
   */
  Query offset(long rows);

  /**
   * Adds a column {@code _rowid} (uint64), the last one: the number by which Lance knows the row.
   * Compaction and updates change it, unless the table was written with stable row ids.
   */
  Query withRowId();

  /**
   * The columns of the result.
   *
   * @throws NotFoundException if a column isn't there
   * @throws InvalidDefinitionException if an expression doesn't parse, or a column's type doesn't
   *     fit what the query does with it
   */
  Schema schema();

  /**
   * Reads the result at once.
   *
   * @return a root that the caller closes, before the connection
   * @throws NotFoundException if the relation or a column isn't there
   * @throws InvalidDefinitionException if a predicate or expression doesn't parse, or a column's
   *     type doesn't fit what the query does with it
   * @throws StorageException if the data can't be read, or an expression fails for a row
   */
  VectorSchemaRoot toArrow();

  /**
   * Streams the result; memory is bounded by a few batches, and what {@link #orderBy} and {@link
   * #nearestTo} need.
   *
   * @param batchSize the most rows a batch holds, at least 1
   * @return a reader that the caller closes, on the thread that reads, before the connection. Its
   *     {@code loadNextBatch} throws {@link StorageException} if data can't be read, or an
   *     expression fails for a row.
   * @throws NotFoundException if the relation or a column isn't there
   * @throws InvalidDefinitionException as {@link #toArrow} does
   */
  ArrowReader toBatches(int batchSize);

  /**
   * Streams the result as records.
   *
   * @param type a record annotated with {@link dev.geneva.udtf.ArrowRecord}; its columns are looked
   *     up by name
   * @return a sequential stream, to be closed unless it is read to its end or fails
   * @throws SchemaMismatchException if a column of the record is missing or has another type
   */
  <R extends Record> Stream<R> records(Class<R> type);

  /** The number of rows of the result. */
  long countRows();
}
