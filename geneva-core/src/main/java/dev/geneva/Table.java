package dev.geneva;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/** A Lance table. Thread-safe. */
public non-sealed interface Table extends Relation {

  /**
   * Appends rows, as one new version.
   *
   * @param rows columns of the table's names, types and order; remains the caller's
   * @return the new version
   * @throws SchemaMismatchException if the columns differ, or a non-null column holds null; nothing
   *     is added
   * @throws InvalidDefinitionException if the table is pinned to a version
   */
  long add(VectorSchemaRoot rows);

  /**
   * Appends rows, as one new version. Memory is bounded by a few batches.
   *
   * @param rows read to its end on this thread, and closed whatever happens
   * @return the new version
   * @throws SchemaMismatchException if the columns differ, or a non-null column holds null; nothing
   *     is added
   * @throws InvalidDefinitionException if the table is pinned to a version
   */
  long add(ArrowReader rows);

  /**
   * Appends records, as one new version. Memory is bounded by a few batches.
   *
   * @param type a record annotated with {@link dev.geneva.udtf.ArrowRecord}
   * @param rows none of them null
   * @return the new version
   * @throws SchemaMismatchException if the record's columns differ from the table's
   * @throws InvalidDefinitionException if the table is pinned to a version
   */
  <R extends Record> long add(Class<R> type, Iterable<? extends R> rows);

  /**
   * Deletes the rows for which a predicate is true. If there are none, nothing is written.
   *
   * @param predicate an SQL expression over the table's columns; names with unusual characters go
   *     in backticks
   * @return the version without the rows
   * @throws InvalidDefinitionException if it doesn't parse, or the table is pinned to a version
   * @throws NotFoundException if it names a column that isn't there
   */
  long delete(String predicate);

  /**
   * Creates an {@link IndexKind#IVF_FLAT} index, or replaces the one that this method created
   * before. Distances are Hamming's for vectors of unsigned bytes, else L2; there is a partition
   * for each 50,000 rows, and there are two at least, if there are two rows.
   *
   * @param column of fixed-size lists of floating-point numbers or unsigned bytes
   * @return the index, over all rows of the version that was the latest
   * @throws NotFoundException if the column isn't there
   * @throws InvalidDefinitionException if it has no vectors, or the table is pinned to a version
   */
  IndexDescription createIvfFlatIndex(String column);

  /**
   * Creates an {@link IndexKind#IVF_FLAT} index, or replaces the one that this method created
   * before. Distances are Hamming's for vectors of unsigned bytes, else L2.
   *
   * @param column of fixed-size lists of floating-point numbers or unsigned bytes
   * @param k the number of partitions; at least 1 and at most the number of vectors
   * @return the index, over all rows of the version that was the latest
   * @throws NotFoundException if the column isn't there
   * @throws InvalidDefinitionException if it has no vectors, or fewer than partitions, or the table
   *     is pinned to a version
   */
  IndexDescription createIvfFlatIndex(String column, int k);

  /**
   * Creates a vector index of any kind.
   *
   * @return the index, over all rows of the version that was the latest
   * @throws NotFoundException if the column isn't there
   * @throws AlreadyExistsException if the name is taken: by another column's index, or by any that
   *     shall not be replaced
   * @throws InvalidDefinitionException if the kind, the metric or a parameter doesn't fit the
   *     column, there are too few vectors, or the table is pinned to a version
   */
  IndexDescription createIndex(VectorIndex index);

  /**
   * The table's indices, vector indices and others, by name.
   *
   * @return a new list
   */
  List<IndexDescription> listIndices();

  /**
   * Brings all indices up to date: rows that were added or changed go to the partitions of their
   * nearest centroids. Partitions that grew or shrank much may be split or joined, which renumbers
   * them. The rows themselves aren't touched. If every index is up to date, nothing is written; nor
   * are rows without a vector added to a vector index before one with a vector is.
   *
   * @return the version with the indices brought up to date
   * @throws CommitConflictException if somebody else changed the indices at the same time
   * @throws InvalidDefinitionException if the table is pinned to a version
   */
  long optimize();

  @Override
  Table at(long version);
}
