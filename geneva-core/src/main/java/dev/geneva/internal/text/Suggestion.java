package dev.geneva.internal.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Suggests what may have been meant by a name that isn't there. */
public final class Suggestion {

  private static final int LISTED_AT_MOST = 12;

  private Suggestion() {}

  /**
   * The end of an error message: the nearest name, or all if they are few.
   *
   * @return begins with punctuation; {@code "."} if there is nothing to suggest
   */
  public static String among(Collection<String> names, String wanted) {
    Optional<String> nearest = nearest(names, wanted);
    if (nearest.isPresent()) {
      return "; did you mean '" + nearest.get() + "'?";
    }
    if (names.isEmpty()) {
      return ".";
    }
    List<String> listed = names.stream().limit(LISTED_AT_MOST).toList();
    return "; there is: "
        + String.join(", ", listed)
        + (names.size() > listed.size() ? ", … (" + names.size() + " in all)." : ".");
  }

  /** The name with the fewest edits, if they are few for its length. */
  static Optional<String> nearest(Collection<String> names, String wanted) {
    String folded = fold(wanted);
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(fold(name), folded)))
        .filter(name -> distance(fold(name), folded) <= Math.max(1, folded.length() / 3));
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Levenshtein's distance, by the two-row form of Wagner and Fischer's algorithm (1974). */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substituted, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
