package dev.geneva.bench.line;

/** The names of the sides, the same in all lines. */
final class Names {

  /** Geneva. */
  static final String REFRESH = "Geneva: refresh";

  /** The limit of a streamed transform. */
  static final String BARE = "bare Lance loop in Java";

  /** The same loop in Python. */
  static final String PYLANCE = "pylance loop";

  /** Geneva for Python. */
  static final String ORIGINAL = "the original: refresh";

  /** Aggregation by a database. */
  static final String DUCKDB = "DuckDB: group by";

  private Names() {}
}
