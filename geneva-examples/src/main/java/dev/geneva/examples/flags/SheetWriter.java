package dev.geneva.examples.flags;

import dev.geneva.examples.flags.Sheet.Card;
import dev.geneva.examples.flags.Sheet.Group;
import dev.geneva.examples.flags.Sheet.Section;
import dev.geneva.examples.flags.Sheet.Shot;
import dev.geneva.examples.flags.Sheet.Thresholds;
import dev.geneva.examples.flags.Sheet.Tone;
import dev.geneva.examples.flags.ThresholdTable.Measure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes a {@link Sheet} as one HTML file that needs no other: style and pictures are inside. */
final class SheetWriter {

  private static final String STYLE = "contact-sheet.css";

  private final Writer html;
  private final Map<Long, byte[]> thumbnails;

  private SheetWriter(Writer html, Map<Long, byte[]> thumbnails) {
    this.html = html;
    this.thumbnails = thumbnails;
  }

  /**
   * Writes a sheet, in place of what is there.
   *
   * @param thumbnails the picture of every shot, PNG or JPEG, by row id
   */
  static void write(Path file, Sheet sheet, Map<Long, byte[]> thumbnails) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    // Beside it first: a browser that reloads meanwhile sees the old sheet, not half a one.
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (BufferedWriter html = Files.newBufferedWriter(partial)) {
        new SheetWriter(html, thumbnails).write(sheet);
      }
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private void write(Sheet sheet) throws IOException {
    html.write(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="data:,">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <header>
        <h1>%s</h1>
        <p class="lede">%s</p>
        """
            .formatted(text(sheet.title()), style(), text(sheet.title()), text(sheet.lede())));
    html.write("<dl class=\"figures\">\n");
    for (Sheet.Figure figure : sheet.figures()) {
      html.write(
          "<div><dt>%s</dt><dd>%s</dd></div>\n"
              .formatted(text(figure.label()), text(figure.value())));
    }
    html.write("</dl>\n</header>\n<main>\n");
    for (Section section : sheet.sections()) {
      if (!section.cards().isEmpty()) {
        write(section);
      }
    }
    if (sheet.thresholds().isPresent()) {
      write(sheet.thresholds().get());
    }
    html.write("</main>\n<footer>%s</footer>\n</body>\n</html>\n".formatted(text(sheet.footer())));
  }

  private void write(Section section) throws IOException {
    String heading =
        "<h2>%s <span class=\"count\">%s</span></h2>"
            .formatted(text(section.title()), Words.count(section.cards().size()));
    html.write(
        "<section class=\"%s\">\n".formatted(section.tone().name().toLowerCase(Locale.ROOT)));
    html.write(section.folded() ? "<details><summary>" + heading + "</summary>\n" : heading + "\n");
    html.write("<p class=\"about\">%s</p>\n".formatted(text(section.text())));
    html.write("<div class=\"%s\">\n".formatted(section.tone() == Tone.PLAIN ? "tiles" : "cards"));
    for (Card card : section.cards()) {
      write(card);
    }
    html.write("</div>\n");
    html.write(section.folded() ? "</details>\n</section>\n" : "</section>\n");
  }

  private void write(Card card) throws IOException {
    // The style gives a card the room that its groups need.
    String size = card.groups().size() > 4 ? " large" : "";
    html.write("<article class=\"card%s\">\n".formatted(size));
    if (!card.title().isEmpty()) {
      html.write("<h3>%s</h3>\n".formatted(text(card.title())));
    }
    if (!card.note().isEmpty()) {
      html.write("<p class=\"note\">%s</p>\n".formatted(text(card.note())));
    }
    html.write("<div class=\"groups\">\n");
    for (Group group : card.groups()) {
      write(group);
    }
    html.write("</div>\n</article>\n");
  }

  private void write(Group group) throws IOException {
    html.write("<figure>\n");
    List<Shot> shots = group.shots();
    writeImage(shots.get(0), "main");
    html.write("<figcaption>");
    if (!group.code().isEmpty()) {
      html.write("<b>%s</b> ".formatted(text(group.code())));
    }
    html.write(text(group.name()));
    if (!group.detail().isEmpty()) {
      html.write(" <span class=\"detail\">%s</span>".formatted(text(group.detail())));
    }
    if (!group.note().isEmpty()) {
      html.write("<small>%s</small>".formatted(text(group.note())));
    }
    html.write("</figcaption>\n");
    if (shots.size() > 1) {
      html.write("<div class=\"others\">");
      for (Shot shot : shots.subList(1, shots.size())) {
        writeImage(shot, "other");
      }
      html.write("</div>\n");
    }
    html.write("</figure>\n");
  }

  private void writeImage(Shot shot, String kind) throws IOException {
    byte[] picture =
        Objects.requireNonNull(thumbnails.get(shot.rowId()), () -> "no thumbnail: " + shot);
    String type = picture[0] == (byte) 0x89 ? "png" : "jpeg";
    String words = text(shot.text());
    html.write(
        "<img class=\"%s\" loading=\"lazy\" alt=\"%s\" title=\"%s\" src=\"data:image/%s;base64,%s\">\n"
            .formatted(kind, words, words, type, Base64.getEncoder().encodeToString(picture)));
  }

  private void write(Thresholds thresholds) throws IOException {
    html.write(
        """
        <section>
        <h2>Why this threshold</h2>
        <p class="about">What others would give, with both kinds of hash. Precision: of the pairs of
        pictures in one cluster, those that show one drawing. Recall: of the pairs that show one
        drawing, those in one cluster. A flag’s 4x3 drawing against its 1x1 drawing isn’t judged.</p>
        <div class="scroll"><table>
        <thead><tr><th scope="col" rowspan="2">Bits</th>
        """);
    for (PerceptualHash hash : PerceptualHash.values()) {
      html.write("<th scope=\"colgroup\" colspan=\"3\">%s</th>\n".formatted(text(hash.label())));
    }
    html.write("</tr>\n<tr>");
    for (int i = 0; i < PerceptualHash.values().length; i++) {
      html.write("<th scope=\"col\">clusters</th><th scope=\"col\">precision</th>");
      html.write("<th scope=\"col\">recall</th>");
    }
    html.write("</tr></thead>\n<tbody>\n");
    for (ThresholdTable.Row row : thresholds.rows()) {
      html.write("<tr><th scope=\"row\">%d</th>".formatted(row.threshold()));
      for (PerceptualHash hash : PerceptualHash.values()) {
        boolean chosen = hash == thresholds.hash() && row.threshold() == thresholds.bits();
        String cell = chosen ? "<td class=\"chosen\">%s</td>" : "<td>%s</td>";
        Measure measure = row.measure(hash);
        html.write(cell.formatted(Words.count(measure.clusters())));
        html.write(cell.formatted(Words.percent(measure.score().precision())));
        html.write(cell.formatted(Words.percent(measure.score().recall())));
      }
      html.write("</tr>\n");
    }
    html.write("</tbody></table></div>\n</section>\n");
  }

  private static String style() throws IOException {
    try (InputStream css = SheetWriter.class.getResourceAsStream(STYLE)) {
      if (css == null) {
        throw new IOException("the class path has no " + STYLE);
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Escapes what may come from file names. */
  private static String text(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
