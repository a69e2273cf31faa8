package dev.geneva.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.examples.flags.Sheet.Card;
import dev.geneva.examples.flags.Sheet.Figure;
import dev.geneva.examples.flags.Sheet.Group;
import dev.geneva.examples.flags.Sheet.Section;
import dev.geneva.examples.flags.Sheet.Shot;
import dev.geneva.examples.flags.Sheet.Tone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetWriterTest {

  @TempDir private Path folder;
  private String html = "";

  @BeforeEach
  void write() throws IOException {
    byte[] picture = Variant.ORIGINAL.encode(PerceptualHashTest.busyPicture(1, 20, 10));
    Group group =
        new Group(
            "XY",
            "<script>alert(1)</script>",
            "4x3",
            "all",
            List.of(new Shot(1, "A \"quoted\" one"), new Shot(2, "Another & more")));
    Sheet sheet =
        new Sheet(
            "A < B?",
            "Lede.",
            List.of(new Figure("pictures", "2")),
            List.of(
                new Section(
                    "Shown",
                    "Text.",
                    List.of(new Card("Title", "Note", List.of(group))),
                    Tone.ALIKE,
                    false),
                new Section("Empty", "Text.", List.of(), Tone.PLAIN, true)),
            Optional.empty(),
            "Footer.");
    Path file = folder.resolve("new/sheet.html");
    SheetWriter.write(file, sheet, Map.of(1L, picture, 2L, picture));
    html = Files.readString(file);
    assertThat(file.getParent()).isDirectoryContaining(each -> each.equals(file));
    assertThat(file.getParent().toFile().list()).containsExactly("sheet.html");
  }

  @Test
  void everyPictureIsInside() {
    assertThat(html.split("<img ", -1)).hasSize(3);
    assertThat(html.split("src=\"data:image/png;base64,", -1)).hasSize(3);
  }

  @Test
  void nothingIsOutside() {
    assertThat(html)
        .doesNotContain("http")
        .doesNotContain("url(")
        .doesNotContain("@import")
        .doesNotContain("<script")
        .doesNotContain("<link rel=\"stylesheet\"");
  }

  @Test
  void namesAreEscaped() {
    assertThat(html)
        .contains("<h1>A &lt; B?</h1>")
        .contains("&lt;script&gt;")
        .contains("alt=\"A &quot;quoted&quot; one\"")
        .contains("alt=\"Another &amp; more\"");
  }

  @Test
  void emptySectionsAreLeftOut() {
    assertThat(html).contains("<h2>Shown ").doesNotContain("<h2>Empty ");
  }
}
