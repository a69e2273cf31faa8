package dev.geneva.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CosineTransformTest {

  private static final int SIZE = PixelAverages.SIZE;

  @Test
  void coefficientsAreThoseOfTheDefinition() {
    double[][] samples = new double[SIZE][SIZE];
    Random random = new Random(7);
    for (double[] line : samples) {
      for (int x = 0; x < SIZE; x++) {
        line[x] = 255 * random.nextDouble();
      }
    }

    double[] coefficients = CosineTransform.lowFrequencies(samples);

    for (int v = 0; v < CosineTransform.LOW; v++) {
      for (int u = 0; u < CosineTransform.LOW; u++) {
        assertThat(coefficients[CosineTransform.LOW * v + u])
            .as("u = %d, v = %d", u, v)
            .isCloseTo(byDefinition(samples, u, v), within(1e-9));
      }
    }
  }

  @Test
  void aConstantIsTheFirstCoefficientAlone() {
    double[][] samples = new double[SIZE][SIZE];
    for (double[] line : samples) {
      Arrays.fill(line, 100);
    }

    double[] coefficients = CosineTransform.lowFrequencies(samples);

    assertThat(coefficients[0]).isCloseTo(SIZE * 100, within(1e-9));
    for (int i = 1; i < coefficients.length; i++) {
      assertThat(coefficients[i]).isCloseTo(0, within(1e-9));
    }
  }

  @Test
  void oneCosineAcrossIsOneCoefficient() {
    double[][] samples = new double[SIZE][SIZE];
    for (double[] line : samples) {
      for (int x = 0; x < SIZE; x++) {
        line[x] = Math.cos(Math.PI * 3 * (2 * x + 1) / (2.0 * SIZE));
      }
    }

    double[] coefficients = CosineTransform.lowFrequencies(samples);

    // Of unit length across, times the constant down: sqrt(32 / 2) * sqrt(32).
    assertThat(coefficients[3]).isCloseTo(SIZE / Math.sqrt(2), within(1e-9));
    coefficients[3] = 0;
    for (double coefficient : coefficients) {
      assertThat(coefficient).isCloseTo(0, within(1e-9));
    }
  }

  private static double byDefinition(double[][] samples, int u, int v) {
    double sum = 0;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        sum +=
            samples[y][x]
                * Math.cos(Math.PI / SIZE * (x + 0.5) * u)
                * Math.cos(Math.PI / SIZE * (y + 0.5) * v);
      }
    }
    return sum * scale(u) * scale(v);
  }

  private static double scale(int k) {
    return Math.sqrt((k == 0 ? 1.0 : 2.0) / SIZE);
  }
}
