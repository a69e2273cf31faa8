package dev.geneva;

import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A table or a view: something with rows. Calls see the latest version, unless the relation is
 * pinned by {@link #at}. Thread-safe.
 */
public sealed interface Relation permits Table, UdtfView {

  /** The name in the database. */
  String name();

  /**
   * The version that calls see: of a pinned relation that one, else the latest.
   *
   * @throws NotFoundException if the relation was dropped
   */
  long version();

  /** The columns. */
  Schema schema();

  /** The number of rows. */
  long countRows();

  /** A query over all rows and columns, to be refined. */
  Query search();

  /**
   * The same relation at one version.
   *
   * @param version a version that still exists
   * @throws NotFoundException if it doesn't
   */
  Relation at(long version);
}
