package dev.geneva.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.examples.flags.DemoOptions.UsageException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoOptionsTest {

  @Test
  void withoutOptionsItIsTheFlagsInANewDatabase() {
    DemoOptions options = DemoOptions.parse(List.of());

    assertThat(options.images()).isEmpty();
    assertThat(options.db()).isEmpty();
    assertThat(options.out()).isEmpty();
    assertThat(options.threshold()).isEqualTo(4);
    assertThat(options.hash()).isEqualTo(PerceptualHash.COLOUR);
    assertThat(options.ray()).isFalse();
    assertThat(options.help()).isFalse();
  }

  @Test
  void engineIsThisProcessOrRay() {
    assertThat(DemoOptions.parse(List.of("--engine", "ray")).ray()).isTrue();
    assertThat(DemoOptions.parse(List.of("--engine=local")).ray()).isFalse();
  }

  @Test
  void valuesComeNextOrAfterAnEqualsSign(@TempDir Path folder) {
    DemoOptions options =
        DemoOptions.parse(
            List.of(
                "--images",
                folder.toString(),
                "--db=/data/a=b",
                "--out",
                folder + "/sheet.html",
                "--threshold=8",
                "--hash",
                "grey"));

    assertThat(options.images()).contains(folder);
    assertThat(options.db()).contains("/data/a=b");
    assertThat(options.out()).contains(folder.resolve("sheet.html"));
    assertThat(options.threshold()).isEqualTo(8);
    assertThat(options.hash()).isEqualTo(PerceptualHash.GREY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--colour             | unknown option: --colour",
        "flags                | unknown option: flags",
        "--db                 | option --db needs a value",
        "--db=                | option --db needs a value",
        "--threshold=four     | --threshold must be a number from 0 to 64, not four",
        "--threshold=65       | --threshold must be a number from 0 to 64, not 65",
        "--engine=steam       | --engine must be one of local, ray, not steam",
        "--hash=blue          | --hash must be one of grey, colour, not blue",
      })
  void mistakesAreNamed(String argument, String message) {
    assertThatThrownBy(() -> DemoOptions.parse(List.of(argument)))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void aFolderThatIsNotThereIsNamed(@TempDir Path folder) {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(() -> DemoOptions.parse(List.of("--images", missing.toString())))
        .isInstanceOf(UsageException.class)
        .hasMessage("--images: there is no folder " + missing);
  }

  @Test
  void aFolderIsNoPlaceForTheSheet(@TempDir Path folder) {
    assertThatThrownBy(() -> DemoOptions.parse(List.of("--out", folder.toString())))
        .isInstanceOf(UsageException.class)
        .hasMessage("--out: this is a folder, not a file: " + folder);
  }
}
