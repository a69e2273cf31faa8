package dev.geneva.internal.text;

import dev.geneva.InvalidDefinitionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be known of a piece of SQL by its words. It has to be balanced: {@link Predicates}. */
public final class SqlText {

  /** Functions whose value isn't decided by their arguments. */
  private static final Set<String> VOLATILE =
      Set.of("random", "rand", "uuid", "gen_random_uuid", "now", "today", "version");

  /** The same, which are called without parentheses. */
  private static final Set<String> VOLATILE_WORDS =
      Set.of("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp");

  private SqlText() {}

  /** How a word is written. */
  private enum Quotes {
    NONE,
    BACKTICK,
    DOUBLE
  }

  /**
   * A name, keyword or function.
   *
   * @param text without its quotes
   * @param call whether a parenthesis follows
   * @param typed whether a string follows, as in {@code date '2020-01-01'}
   */
  private record Word(String text, Quotes quotes, boolean call, boolean typed) {
    boolean is(String keyword) {
      return quotes == Quotes.NONE && text.equalsIgnoreCase(keyword);
    }
  }

  /** A function in the text whose value differs from call to call. */
  public static Optional<String> nondeterministic(String sql) {
    for (Word word : words(sql)) {
      String name = word.text().toLowerCase(Locale.ROOT);
      if ((word.call() && VOLATILE.contains(name))
          || (word.quotes() == Quotes.NONE && VOLATILE_WORDS.contains(name))) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** Whether the text may depend on where Lance keeps a row. */
  public static boolean mentionsRowIds(String sql) {
    return sql.toLowerCase(Locale.ROOT).contains("_row");
  }

  /**
   * Refuses a predicate that would silently mean something else than it says: to Lance, what is in
   * double quotes is a string, also where it is a column's name.
   *
   * @param names of all columns and fields
   */
  public static void requireUnambiguousPredicate(String sql, Collection<String> names) {
    for (Word word : words(sql)) {
      if (word.quotes() == Quotes.DOUBLE && names.contains(word.text())) {
        throw new InvalidDefinitionException(
            ("\"%s\" is a string in a predicate, not the column: write `%s` for the column, '%s'"
                    + " for a string. In: %s")
                .formatted(word.text(), word.text(), word.text().replace("'", "''"), sql));
      }
    }
  }

  /**
   * Checks an expression that is to be computed row by row.
   *
   * @param names of all columns and fields
   * @throws InvalidDefinitionException if it isn't one, or a name in it may mean another column
   */
  public static void requireRowExpression(String column, String sql, Collection<String> names) {
    String where = "' in column '" + column + "': " + sql;
    for (Word word : words(sql)) {
      String text = word.text();
      if (word.quotes() == Quotes.DOUBLE) {
        throw new InvalidDefinitionException(
            "Double quotes are for neither names nor strings here: write `%s` or '%s'. In column '%s': %s"
                .formatted(text, text.replace("'", "''"), column, sql));
      }
      if (word.is("select")
          || word.is("over")
          || (word.call() && (word.is("unnest") || word.is("exists")))) {
        throw new InvalidDefinitionException(
            "An expression sees one row, so it can't contain '" + text + where);
      }
      if (text.toLowerCase(Locale.ROOT).startsWith("_row")) {
        throw new InvalidDefinitionException(
            "Row ids aren't seen by expressions; use withRowId(). There is '" + text + where);
      }
      if (word.quotes() == Quotes.NONE
          && !word.call()
          && !word.typed()
          && !text.equals(text.toLowerCase(Locale.ROOT))
          && names.contains(text)) {
        throw new InvalidDefinitionException(
            "'%s' is read as '%s' unless it is quoted: write `%s` for the column. In column '%s': %s"
                .formatted(text, text.toLowerCase(Locale.ROOT), text, column, sql));
      }
    }
  }

  private static List<Word> words(String sql) {
    List<Word> words = new ArrayList<>();
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      int end = i + 1;
      if (c == '\'') {
        end = afterQuoted(sql, i);
      } else if (c == '`' || c == '"') {
        end = afterQuoted(sql, i);
        String quote = String.valueOf(c);
        String name = sql.substring(i + 1, Math.max(i + 1, end - 1)).replace(quote + quote, quote);
        words.add(word(sql, name, c == '`' ? Quotes.BACKTICK : Quotes.DOUBLE, end));
      } else if (sql.startsWith("--", i) || sql.startsWith("/*", i)) {
        end = afterComment(sql, i);
      } else if (Character.isLetter(c) || c == '_') {
        while (end < sql.length()
            && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
          end++;
        }
        words.add(word(sql, sql.substring(i, end), Quotes.NONE, end));
      } else if (Character.isDigit(c)) {
        while (end < sql.length() && Character.isLetterOrDigit(sql.charAt(end))) {
          end++; // such as 1e5
        }
      }
      i = end;
    }
    return words;
  }

  private static Word word(String sql, String text, Quotes quotes, int end) {
    int next = end;
    while (next < sql.length()) {
      if (sql.startsWith("--", next) || sql.startsWith("/*", next)) {
        next = afterComment(sql, next);
      } else if (Character.isWhitespace(sql.charAt(next))) {
        next++;
      } else {
        break;
      }
    }
    return new Word(text, quotes, sql.startsWith("(", next), sql.startsWith("'", next));
  }

  /** A doubled quote is an escaped one. */
  private static int afterQuoted(String sql, int from) {
    char quote = sql.charAt(from);
    int i = from + 1;
    while (i < sql.length()) {
      if (sql.charAt(i) == quote) {
        if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
          i++;
        } else {
          return i + 1;
        }
      }
      i++;
    }
    return sql.length();
  }

  private static int afterComment(String sql, int from) {
    boolean line = sql.startsWith("--", from);
    int end = line ? sql.indexOf('\n', from) : sql.indexOf("*/", from + 2);
    return end < 0 ? sql.length() : end + (line ? 1 : 2);
  }
}
