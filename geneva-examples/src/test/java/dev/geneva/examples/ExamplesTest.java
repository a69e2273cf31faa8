package dev.geneva.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples by their names. The long ones are run by their own tests, on less. */
class ExamplesTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({
    "GroupStats, java.base ",
    "GroupStatsFunction, java.base ",
    "GlobalAggregation, half have up to",
    "ClassNames, java.util",
    "Tutorial, 'Ranked[shop=Basel, saleId=7, amount=99.9]'",
    "SizeRanks, 'the largest 10 % of the classes have'",
  })
  void exampleSaysWhatItFoundAndLeavesNothing(String name, String found) throws IOException {
    List<Path> before = temporary();

    int exitCode = run(name);

    assertThat(exitCode).as(output()).isZero();
    assertThat(output()).startsWith(name).contains("REFRESHED: ").contains(found);
    assertThat(temporary()).isEqualTo(before);
  }

  @Test
  void unknownExampleIsAMistake() {
    assertThat(run("GroupStat")).isEqualTo(2);
    assertThat(output())
        .startsWith("error: there is no example called 'GroupStat'")
        .contains("ClassNames, EdgeDetection, GlobalAggregation")
        .contains(" and FlagDemo.")
        .doesNotContain("\tat ");
  }

  @Test
  void argumentsAreAMistake() {
    assertThat(run("GroupStats", "--fast")).isEqualTo(2);
    assertThat(output())
        .startsWith("error: the example GroupStats takes no arguments, but there is --fast");
  }

  private static List<Path> temporary() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith("geneva-example-"))
          .toList();
    }
  }

  private int run(String... arguments) {
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      return Examples.run(arguments, out);
    }
  }

  private String output() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
