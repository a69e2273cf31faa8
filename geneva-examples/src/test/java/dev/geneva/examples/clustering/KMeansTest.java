package dev.geneva.examples.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KMeansTest {

  private static final float[][] CENTRES = {{0, 0}, {100, 0}, {0, 100}, {100, 100}};

  @Test
  void groupsFarFromEachOtherAreFound() {
    float[] points = aroundCentres(400);

    KMeans fit = KMeans.fit(points, 2, 4);

    assertThat(fit.k()).isEqualTo(4);
    for (int point = 0; point < 400; point++) {
      assertThat(fit.cluster(point)).isEqualTo(fit.cluster(point % 4));
      assertThat(fit.distance(point)).isLessThan(10);
    }
  }

  @Test
  void eachPointIsInTheClusterOfTheNearestMean() {
    Random random = new Random(7);
    float[] points = new float[300 * 3];
    for (int i = 0; i < points.length; i++) {
      points[i] = random.nextFloat();
    }

    KMeans fit = KMeans.fit(points, 3, 5);

    double[][] means = means(points, 3, fit);
    for (int point = 0; point < 300; point++) {
      double own = distance(points, 3, point, means[fit.cluster(point)]);
      assertThat(fit.distance(point)).isCloseTo(own, within(1e-9));
      for (double[] mean : means) {
        assertThat(own).isLessThanOrEqualTo(distance(points, 3, point, mean) + 1e-9);
      }
    }
  }

  @Test
  void theSamePointsGiveTheSameClusters() {
    float[] points = aroundCentres(200);
    KMeans first = KMeans.fit(points, 2, 7);
    KMeans second = KMeans.fit(points.clone(), 2, 7);

    for (int point = 0; point < 200; point++) {
      assertThat(second.cluster(point)).isEqualTo(first.cluster(point));
      assertThat(second.distance(point)).isEqualTo(first.distance(point));
    }
  }

  @Test
  void thereAreNoMoreClustersThanDifferentPoints() {
    KMeans fit = KMeans.fit(new float[] {1, 2, 1, 2, 1}, 1, 4);

    assertThat(fit.k()).isEqualTo(2);
    assertThat(fit.cluster(0)).isEqualTo(fit.cluster(2)).isNotEqualTo(fit.cluster(1));
    assertThat(fit.distance(3)).isZero();
  }

  @Test
  void noPointsAreNoClusters() {
    assertThat(KMeans.fit(new float[0], 2, 3).k()).isZero();
  }

  private static float[] aroundCentres(int count) {
    Random random = new Random(1);
    float[] points = new float[count * 2];
    for (int i = 0; i < points.length; i++) {
      points[i] = CENTRES[i / 2 % CENTRES.length][i % 2] + random.nextFloat();
    }
    return points;
  }

  private static double[][] means(float[] points, int dimensions, KMeans fit) {
    double[][] means = new double[fit.k()][dimensions];
    int[] sizes = new int[fit.k()];
    for (int point = 0; point < points.length / dimensions; point++) {
      sizes[fit.cluster(point)]++;
      for (int i = 0; i < dimensions; i++) {
        means[fit.cluster(point)][i] += points[point * dimensions + i];
      }
    }
    for (int cluster = 0; cluster < means.length; cluster++) {
      for (int i = 0; i < dimensions; i++) {
        means[cluster][i] /= sizes[cluster];
      }
    }
    return means;
  }

  private static double distance(float[] points, int dimensions, int point, double[] mean) {
    double sum = 0;
    for (int i = 0; i < dimensions; i++) {
      double difference = points[point * dimensions + i] - mean[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
