package dev.geneva.examples.flags;

import java.time.Duration;
import java.util.Locale;

/** How figures are written for people. */
final class Words {

  private Words() {}

  /** A share such as {@code 91.3 %}. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** A number such as {@code 3,252}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A number of things such as {@code 1 picture} or {@code 3,252 pictures}. */
  static String count(long number, String thing) {
    return count(number) + " " + thing + (number == 1 ? "" : "s");
  }

  /** A time with a sensible unit, such as {@code 0.42 ms} or {@code 1.3 s}. */
  static String time(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    if (millis < 10) {
      return String.format(Locale.ROOT, "%.2f ms", millis);
    }
    if (millis < 1000) {
      return String.format(Locale.ROOT, "%.0f ms", millis);
    }
    return String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }

  /** The time since {@link System#nanoTime} was so much. */
  static String timeSince(long nanoTime) {
    return time(Duration.ofNanos(System.nanoTime() - nanoTime));
  }
}
