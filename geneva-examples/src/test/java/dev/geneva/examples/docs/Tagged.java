package dev.geneva.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the parts of sources between {@code // tag::name[]} and {@code // end::name[]}. */
final class Tagged {

  private Tagged() {}

  /**
   * The lines of a tag, moved to the left margin. A tag may stand around several parts of a file;
   * the lines of other tags are left out.
   *
   * @param origin a path and a tag, such as {@code src/A.java#name}
   * @throws IllegalArgumentException if there is no such tag
   */
  static String read(Path root, String origin) throws IOException {
    int hash = origin.indexOf('#');
    String tag = origin.substring(hash + 1);
    List<String> lines = new ArrayList<>();
    boolean within = false;
    boolean found = false;
    for (String line : Files.readAllLines(root.resolve(origin.substring(0, hash)))) {
      String bare = line.strip();
      if (bare.equals("// tag::" + tag + "[]")) {
        within = true;
        found = true;
      } else if (bare.equals("// end::" + tag + "[]")) {
        within = false;
        // The formatter puts an empty line between a member and a comment.
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
          lines.remove(lines.size() - 1);
        }
      } else if (within && !bare.startsWith("// tag::") && !bare.startsWith("// end::")) {
        lines.add(line);
      }
    }
    if (!found || within) {
      throw new IllegalArgumentException(
          "there is no // tag::%s[] with its // end::%s[] in %s"
              .formatted(tag, tag, origin.substring(0, hash)));
    }
    return String.join("\n", lines).stripIndent().strip() + "\n";
  }
}
