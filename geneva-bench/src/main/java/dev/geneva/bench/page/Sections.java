package dev.geneva.bench.page;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text in which measured parts stand between comments, and which is written by hand around them.
 * Only those parts are ever replaced.
 */
final class Sections {

  private String text;

  Sections(String text) {
    this.text = text;
  }

  /**
   * Replaces a measured part; one that isn't there yet is put at the end.
   *
   * @param heading stands before it if it isn't there yet; empty for none
   */
  void put(String name, String heading, String content) {
    String begin = "<!-- measured: " + name + " -->";
    String whole = begin + "\n" + content.strip() + "\n<!-- end -->";
    Matcher part =
        Pattern.compile(Pattern.quote(begin) + ".*?<!-- end -->", Pattern.DOTALL).matcher(text);
    if (part.find()) {
      text = text.substring(0, part.start()) + whole + text.substring(part.end());
    } else {
      text = (text + "\n" + heading + "\n\n" + whole + "\n").stripLeading();
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
