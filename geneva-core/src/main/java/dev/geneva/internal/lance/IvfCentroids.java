package dev.geneva.internal.lance;

import dev.geneva.VectorMetric;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.arrow.memory.util.Float16;

/**
 * The centroids of an IVF index. Immutable.
 *
 * <p>Half and single precision are kept as {@code float}, as distances between them are single,
 * too.
 */
final class IvfCentroids {

  private final VectorColumn.Element element;
  private final int dimension;
  private final float[] floats;
  private final double[] doubles;
  private final byte[] bytes;

  private IvfCentroids(
      VectorColumn.Element element, int dimension, float[] floats, double[] doubles, byte[] bytes) {
    this.element = element;
    this.dimension = dimension;
    this.floats = floats;
    this.doubles = doubles;
    this.bytes = bytes;
    if (dimension < 1 || (floats.length + doubles.length + bytes.length) % dimension != 0) {
      throw new IllegalArgumentException("centroids that aren't vectors of " + dimension);
    }
  }

  /**
   * Centroids one after the other, little-endian.
   *
   * @throws IllegalArgumentException if they aren't whole vectors
   */
  static IvfCentroids of(VectorColumn.Element element, ByteBuffer data, int dimension) {
    float[] floats = {};
    double[] doubles = {};
    byte[] bytes = {};
    switch (element) {
      case FLOAT16 -> {
        floats = new float[data.remaining() / Short.BYTES];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = Float16.toFloat(data.getShort());
        }
      }
      case FLOAT32 -> {
        floats = new float[data.remaining() / Float.BYTES];
        data.asFloatBuffer().get(floats);
      }
      case FLOAT64 -> {
        doubles = new double[data.remaining() / Double.BYTES];
        data.asDoubleBuffer().get(doubles);
      }
      case UINT8 -> {
        bytes = new byte[data.remaining()];
        data.get(bytes);
      }
    }
    return new IvfCentroids(element, dimension, floats, doubles, bytes);
  }

  /** What they consist of. */
  VectorColumn.Element element() {
    return element;
  }

  /** The size of each. */
  int dimension() {
    return dimension;
  }

  /** How many there are. */
  int partitions() {
    return (floats.length + doubles.length + bytes.length) / dimension;
  }

  /** A way to find the nearest one, as the index itself does. */
  NearestPartition nearest(VectorMetric metric) {
    return switch (element) {
      case FLOAT16 -> new NearestPartition.OfHalves(floats, dimension, metric);
      case FLOAT32 -> new NearestPartition.OfFloats(floats, dimension, metric);
      case FLOAT64 -> new NearestPartition.OfDoubles(doubles, dimension, metric);
      case UINT8 -> new NearestPartition.OfBits(bytes, dimension);
    };
  }

  /** Whether the centroids are the same, bit by bit. */
  boolean same(IvfCentroids other) {
    return element == other.element
        && dimension == other.dimension
        && Arrays.equals(floats, other.floats)
        && Arrays.equals(doubles, other.doubles)
        && Arrays.equals(bytes, other.bytes);
  }
}
