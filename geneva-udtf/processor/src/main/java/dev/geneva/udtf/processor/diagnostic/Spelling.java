package dev.geneva.udtf.processor.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what was meant by a name that isn't there. */
public final class Spelling {

  private Spelling() {}

  /** The sentence "Did you mean 'x'?" with the most similar candidate, or nothing. */
  public static String didYouMean(String name, Collection<String> candidates) {
    return closest(name, candidates)
        .map(candidate -> "Did you mean '" + candidate + "'? ")
        .orElse("");
  }

  /** The candidate that is most similar; empty if none is at all. */
  static Optional<String> closest(String name, Collection<String> candidates) {
    int limit = Math.max(1, name.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(name, candidate) <= limit)
        .min(
            Comparator.comparingInt((String candidate) -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The number of characters to insert, delete or replace, whatever their case. */
  private static int distance(String one, String other) {
    String a = plain(one);
    String b = plain(other);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "");
  }
}
