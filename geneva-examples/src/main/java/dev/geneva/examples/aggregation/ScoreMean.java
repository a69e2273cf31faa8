package dev.geneva.examples.aggregation;

import org.jspecify.annotations.Nullable;

/**
 * The mean of a group's scores so far.
 *
 * <p>Adds up with a correction for what rounding lost: W. Kahan, <em>Further Remarks on Reducing
 * Truncation Errors</em>, CACM 8 (1965). So the mean doesn't drift with the number of rows, and
 * pandas, which does the same, comes to the same number.
 */
final class ScoreMean {

  private long rows;
  private long scores;
  private double sum;
  private double lost;

  /** Adds a row; NaN if it has no score. */
  void add(double score) {
    rows++;
    if (!Double.isNaN(score)) {
      scores++;
      double corrected = score - lost;
      double next = sum + corrected;
      double rest = next - sum - corrected;
      // With infinities in the sum there is nothing to correct.
      lost = Double.isNaN(rest) ? 0 : rest;
      sum = next;
    }
  }

  /** The rows, those without a score included. */
  long rows() {
    return rows;
  }

  /** The mean of the scores; null if there is none. */
  @Nullable Double mean() {
    return scores == 0 ? null : sum / scores;
  }
}
