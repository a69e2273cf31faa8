package dev.geneva.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagDemoTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void flagsAreFoundShownAndAddedTo() throws IOException {
    int exitCode = run();

    assertThat(exitCode).as(output()).isZero();
    assertThat(output())
        .contains("168 pictures: 14 flags, each drawn 4x3 and 1x1, in 6 variants")
        .contains("REFRESHED: 156 rows read, 156 written")
        .containsPattern("UP_TO_DATE in [0-9.]+ m?s")
        .contains("REFRESHED: 168 rows read, 168 written")
        .contains("France = Réunion")
        .contains("Norway = Svalbard & Jan Mayen")
        .contains("Indonesia ~ Monaco")
        .containsPattern("precision [0-9.]+ %")
        .containsPattern("recall {4}[0-9.]+ %");
    assertThat(share("precision")).isGreaterThan(60);
    assertThat(share("recall")).isGreaterThan(80);
    try (Connection connection = Geneva.connect(db())) {
      assertThat(connection.openTable("images").countRows()).isEqualTo(168);
      assertThat(connection.openUdtfView("deduped_images").countRows()).isEqualTo(168);
    }
  }

  @Test
  void theSheetIsSelfContained() throws IOException {
    run();

    String html = Files.readString(sheet());
    assertThat(html).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    assertThat(html).doesNotContain("http").doesNotContain("url(").doesNotContain("<script");
    assertThat(html)
        .contains("Indonesia ≈ Monaco")
        .contains("alt=\"Flag of France, 4x3, half size\"");
    int pictures = html.split("<img ", -1).length - 1;
    assertThat(html.split("src=\"data:image/(png|jpeg);base64,", -1)).hasSize(pictures + 1);
    assertThat(html.split(" alt=\"Flag of ", -1)).hasSize(pictures + 1);
    assertThat(Files.size(sheet())).isLessThan(2_000_000);
  }

  @Test
  void aDatabaseThatHasTheTablesIsLeftAlone() throws IOException {
    run();
    bytes.reset();

    assertThat(run()).isEqualTo(2);
    assertThat(output())
        .contains("the database " + db() + " has images or deduped_images already")
        .doesNotContain("\tat ");
  }

  @Test
  void aFolderIsSearchedAndBrokenFilesAreNamed() throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("pictures/holiday/deep"));
    Path top = folder.resolve("pictures");
    BufferedImage beach = PerceptualHashTest.busyPicture(1, 640, 480);
    Files.write(top.resolve("beach.png"), Variant.ORIGINAL.encode(beach));
    Files.write(pictures.resolve("beach copy.JPG"), Variant.FINE_JPEG.encode(beach));
    Files.write(
        top.resolve("hill.png"),
        Variant.ORIGINAL.encode(PerceptualHashTest.busyPicture(2, 200, 300)));
    byte[] whole = Variant.ORIGINAL.encode(PerceptualHashTest.busyPicture(3, 200, 300));
    Files.write(top.resolve("half.png"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(top.resolve("lies.jpg"), "this is no picture");
    Files.writeString(top.resolve("notes.txt"), "nor is this, but it doesn't say so");
    Files.write(top.resolve("zoo.png"), Variant.SMALLER.encode(beach));

    int exitCode = run("--images", top.toString());

    assertThat(exitCode).as(output()).isZero();
    assertThat(output())
        .contains("6 picture files in " + top)
        .contains("skipped   half.png: ")
        .contains("skipped   lies.jpg: not a picture that Java can read")
        .doesNotContain("notes.txt")
        .contains("table     images: 3 pictures")
        .contains("- beach.png ~ holiday/deep/beach copy.JPG")
        .contains("table     images: 4 pictures")
        .contains("- beach.png ~ holiday/deep/beach copy.JPG ~ zoo.png");
    assertThat(Files.readString(sheet()).split("<img ", -1)).hasSize(4);
  }

  @Test
  void aFolderWithoutPicturesIsAMistake() throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("pictures"));

    assertThat(run("--images", pictures.toString())).isEqualTo(2);
    assertThat(output())
        .contains("error: no picture could be read: 0 picture files in " + pictures);
  }

  @Test
  void anUnknownOptionIsAMistake() {
    assertThat(run("--colour")).isEqualTo(2);
    assertThat(output())
        .startsWith("error: unknown option: --colour")
        .contains("--help")
        .doesNotContain("\tat ");
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(run("--help")).isZero();
    assertThat(output()).contains("--images", "--db", "--out", "--threshold", "--hash", "--help");
  }

  @Test
  void aDatabaseThatIsAFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    int exitCode = run("--db", file.toString());

    assertThat(exitCode).isEqualTo(1);
    assertThat(output()).startsWith("error: ").contains(file.toString());
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--db", db(), "--out", sheet().toString()));
    all.addAll(List.of(arguments));
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      return FlagDemo.run(all, () -> TestFlags.of(TestFlags.CODES), out, false);
    }
  }

  private String db() {
    return folder.resolve("db").toString();
  }

  private Path sheet() {
    return folder.resolve("sheet.html");
  }

  private String output() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private double share(String what) {
    return Pattern.compile(what + " +([0-9.]+) %")
        .matcher(output())
        .results()
        .mapToDouble(match -> Double.parseDouble(match.group(1)))
        .findFirst()
        .orElseThrow();
  }
}
