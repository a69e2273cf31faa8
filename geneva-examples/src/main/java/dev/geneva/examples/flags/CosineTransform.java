package dev.geneva.examples.flags;

/** The lowest frequencies of the two-dimensional orthonormal DCT-II of 32×32 samples. */
final class CosineTransform {

  /** How many frequencies are kept in each direction. */
  static final int LOW = 8;

  private static final int SIZE = PixelAverages.SIZE;

  /** {@code FACTOR[k][n]}: what sample n contributes to coefficient k. */
  private static final double[][] FACTOR = factors();

  private CosineTransform() {}

  /**
   * The 8×8 lowest frequencies.
   *
   * @param samples 32×32, {@code samples[y][x]}
   * @return {@code coefficients[8 * v + u]} for u cosines across and v down, so the first is the
   *     constant: 32 times the mean
   */
  static double[] lowFrequencies(double[][] samples) {
    double[][] across = new double[SIZE][LOW];
    for (int y = 0; y < SIZE; y++) {
      for (int u = 0; u < LOW; u++) {
        double sum = 0;
        for (int x = 0; x < SIZE; x++) {
          sum += samples[y][x] * FACTOR[u][x];
        }
        across[y][u] = sum;
      }
    }
    double[] coefficients = new double[LOW * LOW];
    for (int v = 0; v < LOW; v++) {
      for (int u = 0; u < LOW; u++) {
        double sum = 0;
        for (int y = 0; y < SIZE; y++) {
          sum += across[y][u] * FACTOR[v][y];
        }
        coefficients[LOW * v + u] = sum;
      }
    }
    return coefficients;
  }

  private static double[][] factors() {
    double[][] factors = new double[LOW][SIZE];
    for (int k = 0; k < LOW; k++) {
      double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / SIZE);
      for (int n = 0; n < SIZE; n++) {
        // StrictMath, because a hash that is stored must be the same on every machine.
        factors[k][n] = scale * StrictMath.cos(Math.PI * k * (2 * n + 1) / (2.0 * SIZE));
      }
    }
    return factors;
  }
}
