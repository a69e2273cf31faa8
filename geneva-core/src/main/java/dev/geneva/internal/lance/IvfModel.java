package dev.geneva.internal.lance;

import dev.geneva.IndexKind;
import dev.geneva.VectorMetric;
import java.util.Arrays;

/**
 * What one part of an IVF index says of itself. Immutable.
 *
 * <p>The rows of partition {@code p} follow those of partition {@code p - 1} in the part's file.
 */
final class IvfModel {

  private final IndexKind kind;
  private final VectorMetric metric;
  private final long[] sizes;
  private final IvfCentroids centroids;

  /**
   * Makes a model.
   *
   * @param sizes rows of each partition in the file, dead ones included
   * @throws IllegalArgumentException if there aren't as many centroids as partitions
   */
  IvfModel(IndexKind kind, VectorMetric metric, long[] sizes, IvfCentroids centroids) {
    if (centroids.partitions() != sizes.length) {
      throw new IllegalArgumentException(
          centroids.partitions() + " centroids for " + sizes.length + " partitions");
    }
    this.kind = kind;
    this.metric = metric;
    this.sizes = sizes.clone();
    this.centroids = centroids;
  }

  IndexKind kind() {
    return kind;
  }

  VectorMetric metric() {
    return metric;
  }

  int partitions() {
    return sizes.length;
  }

  /** The rows of a partition in the file, dead ones included. */
  long size(int partition) {
    return sizes[partition];
  }

  /** All rows in the file, dead ones included. */
  long rows() {
    return Arrays.stream(sizes).sum();
  }

  IvfCentroids centroids() {
    return centroids;
  }
}
