package dev.geneva.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Markdown page with blocks of Java, each after a comment that says where it is from. */
record Page(String text) {

  /** {@code <!-- from: path#tag -->}, then the block; the comment may be missing. */
  private static final Pattern JAVA =
      Pattern.compile(
          "(?:<!-- from: (?<origin>\\S+) -->\\s*)?^```java\\n(?<code>.*?)^```$",
          Pattern.MULTILINE | Pattern.DOTALL);

  static Page read(Path file) throws IOException {
    return new Page(Files.readString(file));
  }

  List<Snippet> snippets() {
    return JAVA.matcher(text).results().map(this::snippet).toList();
  }

  /** The page with each block as its origin is now. */
  String updated(Path root) throws IOException {
    StringBuilder result = new StringBuilder();
    Matcher each = JAVA.matcher(text);
    int copied = 0;
    while (each.find()) {
      result.append(text, copied, each.start("code"));
      String origin = each.group("origin");
      result.append(origin == null ? each.group("code") : Tagged.read(root, origin));
      copied = each.end("code");
    }
    return result.append(text.substring(copied)).toString();
  }

  private Snippet snippet(MatchResult match) {
    long line = text.substring(0, match.start(2)).lines().count() + 1;
    return new Snippet(match.group(1) == null ? "" : match.group(1), line, match.group(2));
  }

  /**
   * A block of Java.
   *
   * @param origin the path and tag that it is from; empty if the page doesn't say
   * @param line where its code begins
   */
  record Snippet(String origin, long line, String code) {}
}
