package dev.geneva.bench;

import java.util.List;
import java.util.Locale;

/**
 * Several runs of the same.
 *
 * @param min the shortest
 * @param median the middle one
 * @param max the longest
 */
public record Spread(double min, double median, double max) {

  /** The spread of at least one run. */
  public static Spread of(List<Double> runs) {
    List<Double> sorted = runs.stream().sorted().toList();
    return new Spread(sorted.get(0), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.3g/%.3g/%.3g", min, median, max);
  }
}
