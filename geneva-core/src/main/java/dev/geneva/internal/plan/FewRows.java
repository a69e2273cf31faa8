package dev.geneva.internal.plan;

import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * When rows are so few of a query's that they are read by their ids: a scan of the ids alone, and
 * then of the columns for the ids that are wanted, instead of a scan of the columns for all rows.
 *
 * <p>The rule is from measurements on a local disk (a million rows of 13 to 77 bytes, 200,000 of
 * 525). A scan of columns gives about a gigabyte a second, one of the ids a row each 1 to 6 ns; a
 * row by its id takes 10 to 20 µs while they are few and less than 10 from some thousands on; and
 * the scans of the second step cost milliseconds each, however few the rows. So rows of some bytes
 * are scanned as fast as their ids, and of those of 28 bytes it pays below a tenth of a percent.
 */
public final class FewRows {

  /** From here on a scan of all wins, however wide the rows are. */
  private static final long ONE_IN = 100;

  /** What a scan of columns gives in the time that a row by its id takes. */
  private static final long BYTES_PER_ID = 16 << 10;

  /** What it gives in the time that one scan more takes. */
  private static final long BYTES_PER_SCAN = 4 << 20;

  /** What it gives in the time in which the scan of the ids goes past a row. */
  private static final long BYTES_PER_SCANNED_ID = 8;

  /** More ids in a filter take longer each. */
  private static final int MOST_AT_A_TIME = 8192;

  /** Rows that are fetched are there twice for a moment, beside those that were wanted. */
  private static final long BYTES_AT_A_TIME = 32L << 20;

  private FewRows() {}

  /**
   * Decides.
   *
   * @param wanted rows that are needed
   * @param all rows of the query
   * @param bytesPerRow of the columns that are needed, about; asked for only if it matters
   * @return how many to read by their ids at a time; empty: scan all
   */
  public static OptionalInt idsAtATime(long wanted, long all, LongSupplier bytesPerRow) {
    if (wanted >= all / ONE_IN) {
      return OptionalInt.empty();
    }
    long bytes = bytesPerRow.getAsLong();
    return wanted * BYTES_PER_ID + BYTES_PER_SCAN > all * (bytes - BYTES_PER_SCANNED_ID)
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.max(1, Math.min(MOST_AT_A_TIME, BYTES_AT_A_TIME / bytes)));
  }
}
