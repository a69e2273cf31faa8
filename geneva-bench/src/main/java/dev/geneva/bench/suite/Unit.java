package dev.geneva.bench.suite;

/** What a line's values are. */
public enum Unit {
  /** Time. */
  MILLISECONDS("ms"),
  /** Time of something small. */
  MICROSECONDS("µs"),
  /** Memory. */
  MEBIBYTES("MiB");

  private final String symbol;

  Unit(String symbol) {
    this.symbol = symbol;
  }

  /** As it stands behind a number. */
  public String symbol() {
    return symbol;
  }
}
