package dev.geneva.bench.suite;

import java.util.Arrays;
import java.util.Locale;

/** Which measurements, and how much time they may take. */
public enum Suite {
  /** Everything, small: whether it works, not how fast it is. */
  QUICK(1, 2, 3, 3),
  /** What has a target. */
  LINES(12, 7, 10, 40),
  /** How it grows. */
  GROWTH(3, 5, 60, 30),
  /** A few, against limits that only a clear loss misses. */
  GUARD(3, 7, 10, 20);

  private final int warmUps;
  private final int runs;
  private final double longestRun;
  private final double budget;

  Suite(int warmUps, int runs, double longestRun, double budget) {
    this.warmUps = warmUps;
    this.runs = runs;
    this.longestRun = longestRun;
    this.budget = budget;
  }

  /** The suite of a name. */
  public static Suite of(String name) {
    return Arrays.stream(values())
        .filter(suite -> suite.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no suite '" + name + "', only " + Arrays.toString(values()) + "."));
  }

  /** Runs of each side that don't count, before those that do. */
  public int warmUps() {
    return warmUps;
  }

  /** Runs of each side that count. */
  public int runs() {
    return runs;
  }

  /** A side that took longer than so many seconds isn't run at the next larger size. */
  public double longestRun() {
    return longestRun;
  }

  /** After so many seconds at one size, a side that has a result isn't run again. */
  public double budget() {
    return budget;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
