package dev.geneva.examples.clustering;

import java.util.Arrays;
import java.util.Random;

/**
 * Clusters of points that minimise, locally, the sum of squared distances to their means.
 *
 * <p>The iteration is S. Lloyd's, <em>Least Squares Quantization in PCM</em>, IEEE Transactions on
 * Information Theory 28 (1982). It starts from points that are far from each other, chosen as in D.
 * Arthur and S. Vassilvitskii, <em>k-means++: The Advantages of Careful Seeding</em>, SODA 2007. A
 * cluster that loses its last point takes the point that is farthest from its own mean. Of several
 * starts the one counts that ends with the smallest sum.
 *
 * <p>The same points give the same clusters, on every machine: the seed is fixed, and sums are
 * taken in the order of the points, by one thread.
 */
final class KMeans {

  private static final int STARTS = 4;
  private static final int MOST_ITERATIONS = 100;

  /** Arbitrary, and part of the result: another one may find other clusters. */
  private static final long SEED = 42;

  private final float[] points;
  private final int dimensions;
  private final int count;
  private final double[] centroids;
  private final int[] clusters;

  /** Squared. */
  private final double[] distances;

  private int k;

  private KMeans(float[] points, int dimensions, int count, int most) {
    this.points = points;
    this.dimensions = dimensions;
    this.count = count;
    this.centroids = new double[Math.multiplyExact(most, dimensions)];
    this.clusters = new int[count];
    this.distances = new double[count];
  }

  /**
   * Clusters points.
   *
   * @param points finite coordinates, one point after the other
   * @param dimensions of each point, at least 1
   * @param k the most clusters
   */
  static KMeans fit(float[] points, int dimensions, int k) {
    Random random = new Random(SEED);
    KMeans best = fit(points, dimensions, k, random);
    for (int start = 1; start < STARTS; start++) {
      KMeans next = fit(points, dimensions, k, random);
      if (next.sumOfSquares() < best.sumOfSquares()) {
        best = next;
      }
    }
    return best;
  }

  private static KMeans fit(float[] points, int dimensions, int k, Random random) {
    int count = points.length / dimensions;
    KMeans fit = new KMeans(points, dimensions, count, Math.min(k, count));
    fit.seed(Math.min(k, count), random);
    boolean moved = true;
    for (int i = 0; moved && i < MOST_ITERATIONS; i++) {
      fit.moveCentroids();
      moved = fit.assign();
    }
    return fit;
  }

  /** How many clusters there are. */
  int k() {
    return k;
  }

  /** The cluster of a point. */
  int cluster(int point) {
    return clusters[point];
  }

  /** The distance of a point from its cluster's mean. */
  double distance(int point) {
    return Math.sqrt(distances[point]);
  }

  private double sumOfSquares() {
    return Arrays.stream(distances).sum();
  }

  /** Each next centroid is a point drawn with its squared distance from those before as weight. */
  private void seed(int most, Random random) {
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    int next = count == 0 ? -1 : random.nextInt(count);
    while (next >= 0) {
      setCentroid(k, next);
      for (int point = 0; point < count; point++) {
        double distance = distance(point, k, distances[point]);
        if (distance < distances[point]) {
          distances[point] = distance;
          clusters[point] = k;
        }
      }
      k++;
      next = k == most ? -1 : draw(random);
    }
  }

  /** A point, or -1 if each lies on a centroid. */
  private int draw(Random random) {
    double left = random.nextDouble() * sumOfSquares();
    int last = -1;
    for (int point = 0; point < count; point++) {
      if (distances[point] > 0) {
        last = point;
        left -= distances[point];
        if (left < 0) {
          return point;
        }
      }
    }
    return last;
  }

  private void moveCentroids() {
    int[] sizes = new int[k];
    double[] sums = new double[k * dimensions];
    for (int point = 0; point < count; point++) {
      sizes[clusters[point]]++;
      int to = clusters[point] * dimensions;
      int from = point * dimensions;
      for (int i = 0; i < dimensions; i++) {
        sums[to + i] += points[from + i];
      }
    }
    for (int cluster = 0; cluster < k; cluster++) {
      if (sizes[cluster] == 0) {
        setCentroid(cluster, takeFarthest());
      } else {
        for (int i = 0; i < dimensions; i++) {
          centroids[cluster * dimensions + i] = sums[cluster * dimensions + i] / sizes[cluster];
        }
      }
    }
  }

  /** Finds the point farthest from its centroid, which no other cluster shall take, too. */
  private int takeFarthest() {
    int farthest = 0;
    for (int point = 1; point < count; point++) {
      if (distances[point] > distances[farthest]) {
        farthest = point;
      }
    }
    distances[farthest] = 0;
    return farthest;
  }

  /** Assigns each point to its nearest centroid, of equally near ones the first. */
  private boolean assign() {
    boolean moved = false;
    for (int point = 0; point < count; point++) {
      int nearest = clusters[point];
      double least = Double.POSITIVE_INFINITY;
      for (int cluster = 0; cluster < k; cluster++) {
        double distance = distance(point, cluster, least);
        if (distance < least) {
          least = distance;
          nearest = cluster;
        }
      }
      moved |= nearest != clusters[point];
      clusters[point] = nearest;
      distances[point] = least;
    }
    return moved;
  }

  private void setCentroid(int cluster, int point) {
    for (int i = 0; i < dimensions; i++) {
      centroids[cluster * dimensions + i] = points[point * dimensions + i];
    }
  }

  /** The squared distance, or, once it passes {@code enough}, anything not below that. */
  private double distance(int point, int cluster, double enough) {
    int from = point * dimensions;
    int to = cluster * dimensions;
    double sum = 0;
    for (int i = 0; i < dimensions; i++) {
      double difference = points[from + i] - centroids[to + i];
      sum += difference * difference;
      if ((i & 31) == 31 && sum >= enough) {
        return sum;
      }
    }
    return sum;
  }
}
