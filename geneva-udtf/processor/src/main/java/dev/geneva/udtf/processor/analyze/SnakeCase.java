package dev.geneva.udtf.processor.analyze;

/** The default names of columns. */
final class SnakeCase {

  private SnakeCase() {}

  /** {@code isDuplicate} becomes {@code is_duplicate}, {@code htmlURLPart} html_url_part. */
  static String of(String name) {
    StringBuilder snake = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c) && startsWord(name, i)) {
        snake.append('_');
      }
      snake.append(Character.toLowerCase(c));
    }
    return snake.toString();
  }

  /** An upper-case letter starts a word after a lower-case one, and as the last of several. */
  private static boolean startsWord(String name, int i) {
    if (i == 0 || name.charAt(i - 1) == '_') {
      return false;
    }
    boolean afterUpper = Character.isUpperCase(name.charAt(i - 1));
    boolean beforeLower = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
    return !afterUpper || beforeLower;
  }
}
