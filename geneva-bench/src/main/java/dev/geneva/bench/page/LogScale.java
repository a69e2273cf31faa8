package dev.geneva.bench.page;

import java.util.ArrayList;
import java.util.List;

/** Where positive values lie on an axis on which each decade is as long as the next. */
final class LogScale {

  private static final double MARGIN = 1.15;
  private static final int FEW_DECADES = 2;

  private final double low;
  private final double high;
  private final double begin;
  private final double end;

  /**
   * A scale.
   *
   * @param begin where the smallest value goes
   * @param end where the largest value goes; may be less than {@code begin}
   */
  LogScale(List<Double> values, double begin, double end) {
    this.low = Math.log10(values.stream().min(Double::compare).orElse(1.0) / MARGIN);
    this.high = Math.log10(values.stream().max(Double::compare).orElse(10.0) * MARGIN);
    this.begin = begin;
    this.end = end;
  }

  double at(double value) {
    return begin + (Math.log10(value) - low) / (high - low) * (end - begin);
  }

  /** Round values within: powers of ten, and what lies between them where there is room. */
  List<Double> ticks() {
    double[] steps = {1};
    if (high - low < 1) {
      steps = new double[] {1, 1.5, 2, 3, 4, 5, 6, 8};
    } else if (high - low < FEW_DECADES) {
      steps = new double[] {1, 2, 5};
    }
    List<Double> ticks = new ArrayList<>();
    for (int decade = (int) Math.floor(low); decade <= high; decade++) {
      for (double step : steps) {
        double tick = step * Math.pow(10, decade);
        if (Math.log10(tick) >= low && Math.log10(tick) <= high) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }
}
