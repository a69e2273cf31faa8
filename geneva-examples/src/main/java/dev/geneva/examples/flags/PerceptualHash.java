package dev.geneva.examples.flags;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * A 64-bit hash of a picture's 8×8 lowest frequencies. It changes in few bits when the picture
 * changes little: in size, brightness, or by compression.
 */
enum PerceptualHash {

  /**
   * The hash known as pHash: the picture becomes grey, 32×32 pixels, and is transformed by a
   * DCT-II; each of the 8×8 lowest frequencies gives a bit, which is set if the coefficient is
   * above the median. The constant takes no part in the median, so that brightness doesn't move it.
   * Source: C. Zauner, <em>Implementation and Benchmarking of Perceptual Image Hash Functions</em>,
   * Upper Austria University of Applied Sciences, Hagenberg 2010.
   *
   * <p>Made for photographs. A flag of three stripes has a handful of frequencies that aren't 0, so
   * most of its bits hang on a trace of noise: even on the rounding of the additions, which are
   * done in the same order everywhere. And blue, white, red is as grey as green, white, red.
   */
  GREY("grey, as published") {
    @Override
    long of(PixelAverages averages) {
      double[] coefficients = CosineTransform.lowFrequencies(luma(averages));
      double[] changing = Arrays.copyOfRange(coefficients, 1, coefficients.length);
      Arrays.sort(changing);
      double median = changing[changing.length / 2];
      long bits = 0;
      for (double coefficient : coefficients) {
        bits = bits << 1 | (coefficient > median ? 1 : 0);
      }
      return bits;
    }
  },

  /**
   * The same frequencies of the grey value and of the two colour differences (ITU-R BT.601),
   * without grey's constant. No bit belongs to one frequency: each is the sign of a sum of all of
   * them with random but fixed signs, so the angle between two pictures' coefficients decides in
   * how many bits they differ, and a frequency that is 0 decides nothing. Source: M. Charikar,
   * <em>Similarity Estimation Techniques from Rounding Algorithms</em>, STOC 2002. Square roots
   * keep the few strong frequencies from drowning the rest.
   */
  COLOUR("in colour") {
    @Override
    long of(PixelAverages averages) {
      double[] grey = CosineTransform.lowFrequencies(luma(averages));
      grey[0] = 0;
      double[] blue = CosineTransform.lowFrequencies(averages.mix(-0.168736, -0.331264, 0.5));
      double[] red = CosineTransform.lowFrequencies(averages.mix(0.5, -0.418688, -0.081312));
      long bits = 0;
      for (boolean[] signs : SIGNS) {
        double sum = 0;
        for (int i = 0; i < FREQUENCIES; i++) {
          sum += signed(signs[i], grey[i]);
          sum += signed(signs[FREQUENCIES + i], blue[i]);
          sum += signed(signs[2 * FREQUENCIES + i], red[i]);
        }
        bits = bits << 1 | (sum > 0 ? 1 : 0);
      }
      return bits;
    }
  };

  /** The length of a hash in bytes. */
  static final int BYTES = Long.BYTES;

  private static final int FREQUENCIES = CosineTransform.LOW * CosineTransform.LOW;

  /** For each bit, the sign with which each coefficient enters its sum. */
  private static final boolean[][] SIGNS = signs();

  /** Coefficients that are 0 on paper are smaller than this. */
  private static final double ROUNDING = 1e-6;

  private final String label;

  PerceptualHash(String label) {
    this.label = label;
  }

  /** What kind it is, for people. */
  String label() {
    return label;
  }

  /** The name by which the command line knows it. */
  String option() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Hashes a picture. */
  long of(BufferedImage picture) {
    return of(PixelAverages.of(picture));
  }

  /** Hashes a reduced picture. */
  abstract long of(PixelAverages averages);

  /** The bytes that are stored, the first bit first. */
  static byte[] toBytes(long hash) {
    return ByteBuffer.allocate(BYTES).putLong(hash).array();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if it isn't 64 bits long
   */
  static long fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "a perceptual hash has " + BYTES + " bytes, but this one has " + bytes.length);
    }
    return ByteBuffer.wrap(bytes).getLong();
  }

  private static double[][] luma(PixelAverages averages) {
    return averages.mix(0.299, 0.587, 0.114);
  }

  private static double signed(boolean negative, double coefficient) {
    double size = Math.abs(coefficient);
    double root = size < ROUNDING ? 0 : Math.copySign(Math.sqrt(size), coefficient);
    return negative ? -root : root;
  }

  private static boolean[][] signs() {
    // Random's sequence is part of its contract, so hashes are the same on every JDK. The seed is
    // arbitrary, and part of the hash: another one gives other hashes.
    Random random = new Random(32);
    boolean[][] signs = new boolean[Long.SIZE][3 * FREQUENCIES];
    for (boolean[] ofBit : signs) {
      for (int i = 0; i < ofBit.length; i++) {
        ofBit[i] = random.nextBoolean();
      }
    }
    return signs;
  }
}
