package dev.geneva.internal.text;

import dev.geneva.InvalidDefinitionException;
import java.util.regex.Pattern;

/** What a table or view may be called. */
public final class Names {

  // As lancedb has it, and with a bound that leaves room in a file name.
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");

  private Names() {}

  /**
   * Checks a name before it becomes part of a path.
   *
   * @return the name
   * @throws InvalidDefinitionException if it is illegal
   */
  public static String legal(String name) {
    if (!LEGAL.matcher(name).matches()) {
      throw new InvalidDefinitionException(
          "'"
              + name
              + "' can't be a table's name: 1 to 200 letters, digits, '_', '-' and '.', beginning"
              + " with a letter, a digit or '_'.");
    }
    return name;
  }
}
