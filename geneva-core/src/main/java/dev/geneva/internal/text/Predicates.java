package dev.geneva.internal.text;

import dev.geneva.InvalidDefinitionException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Predicates in SQL, before Lance sees them.
 *
 * <p>Lance parses the longest expression that a text begins with and ignores the rest: {@code id =
 * 3 oops} and {@code id = 3)} both mean {@code id = 3} to it, which would silently be another query
 * than the one that was written. And it (7.0.0) ends the process when it meets a literal that it
 * doesn't implement, or a chain of operators for which the thread's stack is too small.
 */
public final class Predicates {

  /** At 300 to 400 in a chain, Lance uses up the 1 MiB of stack that a thread usually has. */
  private static final int MOST_OPERATORS = 250;

  private static final String OPERATORS = "+-*/%|&^<>=!~[";
  private static final Set<String> WORD_OPERATORS =
      Set.of("and", "or", "not", "is", "in", "between", "like", "ilike");

  /** National, raw and bit strings. Others are a name and a string to Lance, which it refuses. */
  private static final Set<String> STRING_PREFIXES = Set.of("n", "r", "b");

  private Predicates() {}

  /** The predicates as one: all must be true. */
  public static Optional<String> all(List<String> predicates) {
    Optional<String> all =
        predicates.stream().map(Predicates::enclosed).reduce((a, b) -> a + " AND " + b);
    if (predicates.size() > 1) {
      all.ifPresent(Predicates::requireReadable);
    }
    return all;
  }

  /**
   * Puts a predicate in parentheses, so that whatever follows its first expression is an error. The
   * line break ends a comment.
   *
   * @throws InvalidDefinitionException if its own parentheses or quotes don't match, which would
   *     defeat that, or if Lance couldn't read it
   */
  public static String enclosed(String predicate) {
    requireReadable(predicate);
    return "(" + predicate + "\n)";
  }

  private static void requireReadable(String predicate) {
    int depth = 0;
    int operators = 0;
    int i = 0;
    while (i < predicate.length()) {
      char c = predicate.charAt(i);
      int end = i + 1;
      if (c == '\'' || c == '"' || c == '`') {
        // A doubled quote is an escaped one; reading it as an end and a new begin is the same.
        end = after(predicate, String.valueOf(c), i + 1, true);
      } else if (isComment(predicate, i)) {
        boolean line = c == '-';
        end = after(predicate, line ? "\n" : "*/", i + 2, !line);
      } else if (isWordPart(c)) {
        end = afterWord(predicate, i);
        String word = predicate.substring(i, end).toLowerCase(Locale.ROOT);
        requireNoPrefixedString(predicate, word, end);
        operators += WORD_OPERATORS.contains(word) ? 1 : 0;
      } else if (OPERATORS.indexOf(c) >= 0 || predicate.startsWith("::", i)) {
        end = c == ':' ? i + 2 : afterOperator(predicate, i);
        operators++;
      } else if (c == '$' || c == '?' || c == '@' || c == ':') {
        requireNoPlaceholder(predicate, i);
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth < 0) {
        break;
      }
      i = end;
    }
    if (depth != 0) {
      throw new InvalidDefinitionException("The parentheses don't match in: " + predicate);
    }
    if (operators > MOST_OPERATORS) {
      throw new InvalidDefinitionException(
          "More operators than Lance can read: %d, where %d are allowed. Write many alternatives as IN (…). In: %s…"
              .formatted(operators, MOST_OPERATORS, predicate.substring(0, 100)));
    }
  }

  private static void requireNoPlaceholder(String predicate, int at) {
    boolean colon = predicate.charAt(at) == ':';
    if (colon
        && (at + 1 == predicate.length() || Character.isWhitespace(predicate.charAt(at + 1)))) {
      return; // a slice, or an error
    }
    throw new InvalidDefinitionException(
        "There are no placeholders, so '%s' can't stand outside of quotes%s. In: %s"
            .formatted(
                predicate.charAt(at), colon ? "; a slice is [1 : 2], with spaces" : "", predicate));
  }

  private static void requireNoPrefixedString(String predicate, String word, int end) {
    if (STRING_PREFIXES.contains(word)
        && end < predicate.length()
        && (predicate.charAt(end) == '\'' || predicate.charAt(end) == '"')) {
      throw new InvalidDefinitionException(
          "A string has nothing before its quotes: '…', not %s'…'. In: %s"
              .formatted(word, predicate));
    }
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static int afterWord(String text, int from) {
    int end = from;
    while (end < text.length() && isWordPart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int afterOperator(String text, int from) {
    int end = from + 1;
    while (end < text.length()
        && text.charAt(end) != '['
        && OPERATORS.indexOf(text.charAt(end)) >= 0
        && !isComment(text, end)) {
      end++;
    }
    return end;
  }

  private static boolean isComment(String text, int at) {
    return text.startsWith("--", at) || text.startsWith("/*", at);
  }

  private static int after(String text, String end, int from, boolean required) {
    int at = text.indexOf(end, from);
    if (at < 0 && required) {
      throw new InvalidDefinitionException("No " + end + " at the end in: " + text);
    }
    return at < 0 ? text.length() : at + end.length();
  }
}
