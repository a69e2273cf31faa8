package dev.geneva.examples.flags;

import java.awt.image.BufferedImage;

/**
 * A picture reduced to 32×32 pixels, each the exact mean of the area that it covers, so that the
 * size of the original hardly matters. What is transparent counts as white.
 *
 * @param red means of red, {@code red[y][x]}, 0 to 255
 * @param green means of green
 * @param blue means of blue
 */
record PixelAverages(double[][] red, double[][] green, double[][] blue) {

  /** The number of pixels in each direction. */
  static final int SIZE = 32;

  /** Reduces a picture of any size, which may have fewer pixels than 32×32. */
  static PixelAverages of(BufferedImage picture) {
    PixelAverages averages =
        new PixelAverages(new double[SIZE][SIZE], new double[SIZE][SIZE], new double[SIZE][SIZE]);
    int width = picture.getWidth();
    int height = picture.getHeight();
    Overlap[] columns = Overlap.ofPixels(width);
    Overlap[] rows = Overlap.ofPixels(height);
    int[] argb = new int[width];
    for (int y = 0; y < height; y++) {
      picture.getRGB(0, y, width, 1, argb, 0, width);
      // One line of 32 means for each colour, which then goes to the one or more target rows.
      double[][] line = new double[3][SIZE];
      for (int x = 0; x < width; x++) {
        columns[x].add(opaque(argb[x], 16), line[0]);
        columns[x].add(opaque(argb[x], 8), line[1]);
        columns[x].add(opaque(argb[x], 0), line[2]);
      }
      rows[y].add(line[0], averages.red);
      rows[y].add(line[1], averages.green);
      rows[y].add(line[2], averages.blue);
    }
    return averages;
  }

  /** A weighted sum of the colours, such as the grey value. */
  double[][] mix(double redWeight, double greenWeight, double blueWeight) {
    double[][] sum = new double[SIZE][SIZE];
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        sum[y][x] = redWeight * red[y][x] + greenWeight * green[y][x] + blueWeight * blue[y][x];
      }
    }
    return sum;
  }

  private static double opaque(int argb, int shift) {
    int alpha = argb >>> 24;
    int value = argb >>> shift & 0xff;
    return alpha == 255 ? value : (value * alpha + 255 * (255 - alpha)) / 255.0;
  }

  /**
   * Where one source pixel lies among the 32 targets.
   *
   * @param first the first target that it overlaps
   * @param shares the share that it makes up of that target and of those that follow
   */
  private record Overlap(int first, double[] shares) {

    static Overlap[] ofPixels(int count) {
      double perTarget = (double) count / SIZE;
      Overlap[] overlaps = new Overlap[count];
      for (int pixel = 0; pixel < count; pixel++) {
        // In whole numbers, because a rounded border would lose a pixel now and then.
        int first = (int) ((long) pixel * SIZE / count);
        int last = (int) (((pixel + 1L) * SIZE - 1) / count);
        double[] shares = new double[last - first + 1];
        for (int target = first; target <= last; target++) {
          double from = Math.max(pixel, target * perTarget);
          double to = Math.min(pixel + 1.0, (target + 1) * perTarget);
          shares[target - first] = Math.max(0, to - from) / perTarget;
        }
        overlaps[pixel] = new Overlap(first, shares);
      }
      return overlaps;
    }

    void add(double value, double[] targets) {
      for (int i = 0; i < shares.length; i++) {
        targets[first + i] += shares[i] * value;
      }
    }

    void add(double[] values, double[][] targets) {
      for (int i = 0; i < shares.length; i++) {
        for (int x = 0; x < values.length; x++) {
          targets[first + i][x] += shares[i] * values[x];
        }
      }
    }
  }
}
