package dev.geneva.bench.suite;

import java.util.Locale;
import java.util.Optional;

/** What has to come out of a line. */
public sealed interface Target {

  /** The target in words. */
  String text();

  /** How it went; empty if a figure that it needs wasn't measured. */
  Optional<Verdict> judge(LineResult result);

  /**
   * How a target went.
   *
   * @param met whether it was reached
   * @param measured what was measured, in words
   */
  record Verdict(boolean met, String measured) {}

  /**
   * One figure is at least so many times as fast as another.
   *
   * @param text the target in words
   * @param figure what has to be fast
   * @param against what it is compared with
   * @param times the other's value is at least so many times its own
   */
  record Faster(String text, Figure figure, Figure against, double times) implements Target {
    @Override
    public Optional<Verdict> judge(LineResult result) {
      Optional<Double> ours = result.median(figure);
      Optional<Double> theirs = result.median(against);
      if (ours.isEmpty() || theirs.isEmpty()) {
        return Optional.empty();
      }
      double measured = theirs.get() / ours.get();
      return Optional.of(new Verdict(measured >= times, Numbers.of(measured) + " ×"));
    }
  }

  /**
   * One figure is at most so many times another.
   *
   * @param text the target in words
   * @param figure what has to be small
   * @param against what it is compared with
   * @param times its value is at most so many times the other's
   */
  record AtMostTimes(String text, Figure figure, Figure against, double times) implements Target {
    @Override
    public Optional<Verdict> judge(LineResult result) {
      Optional<Double> ours = result.median(figure);
      Optional<Double> theirs = result.median(against);
      if (ours.isEmpty() || theirs.isEmpty()) {
        return Optional.empty();
      }
      double measured = ours.get() / theirs.get();
      return Optional.of(
          new Verdict(measured <= times, String.format(Locale.ROOT, "%.2f ×", measured)));
    }
  }

  /**
   * A figure is at most so large.
   *
   * @param text the target in words
   * @param figure what has to be small
   * @param bound in the line's unit
   * @param unit of the line
   */
  record AtMost(String text, Figure figure, double bound, Unit unit) implements Target {
    @Override
    public Optional<Verdict> judge(LineResult result) {
      return result
          .median(figure)
          .map(median -> new Verdict(median <= bound, Numbers.of(median) + " " + unit.symbol()));
    }
  }
}
