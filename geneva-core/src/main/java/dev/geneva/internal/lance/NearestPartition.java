package dev.geneva.internal.lance;

import dev.geneva.VectorMetric;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.Float16;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;

/**
 * Finds the partition of a vector that an index doesn't cover, as the index's own {@code optimize}
 * would. Thread-safe.
 *
 * <p>So sums are added up in Lance's order, distances are compared in single precision, and the
 * first of several nearest centroids wins. (From a million numbers in single-precision centroids
 * on, Lance looks the nearest one up in a graph, and may miss it; nothing can foretell that.)
 */
public abstract sealed class NearestPartition {

  /**
   * A vector that the index leaves out for good: null, with an element that is null or not finite,
   * or, for cosine, without a direction.
   */
  public static final int UNINDEXABLE = -2;

  private final int dimension;
  private final boolean refusesNullElements;

  NearestPartition(int dimension, VectorMetric metric) {
    this.dimension = dimension;
    // For cosine, Lance normalizes vectors before it looks for nulls, and loses these by it: what
    // lies under a null counts.
    this.refusesNullElements = metric != VectorMetric.COSINE;
  }

  /**
   * The partition of a vector.
   *
   * @param vectors a column of the index's type
   * @param row a row of it
   * @return a partition's ordinal, or {@link #UNINDEXABLE}
   */
  public int ofRow(FixedSizeListVector vectors, int row) {
    if (vectors.isNull(row)) {
      return UNINDEXABLE;
    }
    FieldVector elements = vectors.getDataVector();
    int first = Math.multiplyExact(row, dimension);
    if (refusesNullElements && elements.getNullCount() > 0) {
      for (int i = first; i < first + dimension; i++) {
        if (elements.isNull(i)) {
          return UNINDEXABLE;
        }
      }
    }
    return nearest(((BaseFixedWidthVector) elements).getDataBuffer(), first);
  }

  /** The size of a vector. */
  public int dimension() {
    return dimension;
  }

  /**
   * The partition of a vector without nulls.
   *
   * @param first where it begins in the buffer, in elements
   */
  abstract int nearest(ArrowBuf elements, int first);

  /**
   * The first of the least distances; the first of all if none is a number less than infinity,
   * which is where Lance puts vectors that are too far from everything.
   */
  private static int first(float[] distances) {
    int nearest = 0;
    float least = Float.POSITIVE_INFINITY;
    for (int p = 0; p < distances.length; p++) {
      if (distances[p] < least) {
        least = distances[p];
        nearest = p;
      }
    }
    return nearest;
  }

  /**
   * Single precision.
   *
   * <p>In Lance, sixteen sums run beside each other for one centroid, then are added up; what
   * doesn't fill sixteen is added to that. Here the same sums run for all centroids beside each
   * other, which is what the JVM makes vector instructions of.
   */
  static non-sealed class OfFloats extends NearestPartition {
    private static final int LANES = 16;

    private final float[][] byDimension;
    private final int partitions;
    private final VectorMetric metric;

    OfFloats(float[] centroids, int dimension, VectorMetric metric) {
      super(dimension, metric);
      this.partitions = centroids.length / dimension;
      this.byDimension = new float[dimension][partitions];
      this.metric = metric;
      for (int i = 0; i < centroids.length; i++) {
        byDimension[i % dimension][i / dimension] = centroids[i];
      }
    }

    /** Reads an element. */
    float element(ArrowBuf elements, int at) {
      return elements.getFloat((long) at * Float.BYTES);
    }

    /** Makes a result as exact as an element. */
    float round(float value) {
      return value;
    }

    @Override
    final int nearest(ArrowBuf elements, int first) {
      float[] vector = new float[dimension()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = element(elements, first + i);
      }
      if (metric == VectorMetric.COSINE) {
        normalize(vector);
      }
      for (float element : vector) {
        if (!Float.isFinite(element)) {
          return UNINDEXABLE;
        }
      }
      return first(distances(vector));
    }

    private void normalize(float[] vector) {
      float sum = 0;
      for (float element : vector) {
        sum += round(element * element);
      }
      float norm = round((float) Math.sqrt(round(sum)));
      for (int i = 0; i < vector.length; i++) {
        vector[i] = round(vector[i] / norm);
      }
    }

    private float[] distances(float[] vector) {
      int whole = vector.length - vector.length % LANES;
      float[][] sums = new float[Math.min(whole, LANES)][partitions];
      float[] rest = new float[partitions];
      for (int i = 0; i < vector.length; i++) {
        float[] into = i < whole ? sums[i % LANES] : rest;
        if (metric == VectorMetric.DOT) {
          addProducts(into, vector[i], byDimension[i]);
        } else {
          addSquares(into, vector[i], byDimension[i]);
        }
      }
      float[] total = new float[partitions];
      for (float[] lane : sums) {
        add(total, lane);
      }
      add(rest, total);
      if (metric == VectorMetric.DOT) {
        for (int p = 0; p < partitions; p++) {
          rest[p] = 1 - rest[p];
        }
      }
      return rest;
    }

    private static void addSquares(float[] sums, float element, float[] centroids) {
      for (int p = 0; p < sums.length; p++) {
        float difference = element - centroids[p];
        sums[p] += difference * difference;
      }
    }

    private static void addProducts(float[] sums, float element, float[] centroids) {
      for (int p = 0; p < sums.length; p++) {
        sums[p] += element * centroids[p];
      }
    }

    private static void add(float[] sums, float[] more) {
      for (int p = 0; p < sums.length; p++) {
        sums[p] += more[p];
      }
    }
  }

  /** Half precision, of which Lance makes single before it computes distances. */
  static final class OfHalves extends OfFloats {
    OfHalves(float[] centroids, int dimension, VectorMetric metric) {
      super(centroids, dimension, metric);
    }

    @Override
    float element(ArrowBuf elements, int at) {
      return Float16.toFloat(elements.getShort((long) at * Short.BYTES));
    }

    @Override
    float round(float value) {
      return Float16.toFloat(Float16.toFloat16(value));
    }
  }

  /** Double precision: as single, but with eight sums, and the result is made single. */
  static final class OfDoubles extends NearestPartition {
    private static final int LANES = 8;

    private final double[][] byDimension;
    private final int partitions;
    private final VectorMetric metric;

    OfDoubles(double[] centroids, int dimension, VectorMetric metric) {
      super(dimension, metric);
      this.partitions = centroids.length / dimension;
      this.byDimension = new double[dimension][partitions];
      this.metric = metric;
      for (int i = 0; i < centroids.length; i++) {
        byDimension[i % dimension][i / dimension] = centroids[i];
      }
    }

    @Override
    int nearest(ArrowBuf elements, int first) {
      double[] vector = new double[dimension()];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = elements.getDouble((long) (first + i) * Double.BYTES);
      }
      if (metric == VectorMetric.COSINE) {
        normalize(vector);
      }
      for (double element : vector) {
        if (!Double.isFinite(element)) {
          return UNINDEXABLE;
        }
      }
      return first(distances(vector));
    }

    private static void normalize(double[] vector) {
      double sum = 0;
      for (double element : vector) {
        sum += element * element;
      }
      double norm = Math.sqrt(sum);
      for (int i = 0; i < vector.length; i++) {
        vector[i] /= norm;
      }
    }

    private float[] distances(double[] vector) {
      int whole = vector.length - vector.length % LANES;
      double[][] sums = new double[Math.min(whole, LANES)][partitions];
      double[] rest = new double[partitions];
      for (int i = 0; i < vector.length; i++) {
        double[] into = i < whole ? sums[i % LANES] : rest;
        if (metric == VectorMetric.DOT) {
          addProducts(into, vector[i], byDimension[i]);
        } else {
          addSquares(into, vector[i], byDimension[i]);
        }
      }
      double[] total = new double[partitions];
      for (double[] lane : sums) {
        add(total, lane);
      }
      add(rest, total);
      float[] distances = new float[partitions];
      for (int p = 0; p < partitions; p++) {
        distances[p] = metric == VectorMetric.DOT ? 1 - (float) rest[p] : (float) rest[p];
      }
      return distances;
    }

    private static void addSquares(double[] sums, double element, double[] centroids) {
      for (int p = 0; p < sums.length; p++) {
        double difference = element - centroids[p];
        sums[p] += difference * difference;
      }
    }

    private static void addProducts(double[] sums, double element, double[] centroids) {
      for (int p = 0; p < sums.length; p++) {
        sums[p] += element * centroids[p];
      }
    }

    private static void add(double[] sums, double[] more) {
      for (int p = 0; p < sums.length; p++) {
        sums[p] += more[p];
      }
    }
  }

  /** Bits, of which those that differ are counted. */
  static final class OfBits extends NearestPartition {
    private final long[] centroids;

    OfBits(byte[] centroids, int dimension) {
      super(dimension, VectorMetric.HAMMING);
      int partitions = centroids.length / dimension;
      this.centroids = new long[partitions * words()];
      for (int p = 0; p < partitions; p++) {
        for (int i = 0; i < dimension; i++) {
          put(this.centroids, p * words(), i, centroids[p * dimension + i]);
        }
      }
    }

    @Override
    int nearest(ArrowBuf elements, int first) {
      long[] vector = new long[words()];
      for (int i = 0; i < dimension(); i++) {
        put(vector, 0, i, elements.getByte(first + i));
      }
      int nearest = 0;
      int least = Integer.MAX_VALUE;
      for (int p = 0, at = 0; at < centroids.length; p++, at += vector.length) {
        int distance = 0;
        for (int i = 0; i < vector.length; i++) {
          distance += Long.bitCount(vector[i] ^ centroids[at + i]);
        }
        if (distance < least) {
          least = distance;
          nearest = p;
        }
      }
      return nearest;
    }

    /** Whole words for each vector; the last may have bytes that are zero in all. */
    private int words() {
      return (dimension() + Long.BYTES - 1) / Long.BYTES;
    }

    private static void put(long[] words, int from, int at, byte value) {
      words[from + at / Long.BYTES] |= (value & 0xFFL) << (at % Long.BYTES * Byte.SIZE);
    }
  }
}
