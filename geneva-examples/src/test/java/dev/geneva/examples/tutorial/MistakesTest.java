package dev.geneva.examples.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.GenevaException;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.examples.fixture.DatabaseTest;
import dev.geneva.examples.tutorial.Mistakes.Basket;
import dev.geneva.udtf.BatchUdtf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tutorial quotes what mistakes are answered by. */
class MistakesTest extends DatabaseTest {

  private static final Path PAGE = Path.of("..", "docs", "writing-a-udtf.md");

  static Stream<Arguments> mistakes() {
    BatchUdtf lambda = (source, out) -> {};
    return Stream.of(
        Arguments.of("lambda", lambda),
        Arguments.of("no-such-column", new Mistakes.NoSuchColumn()),
        Arguments.of("no-key", new Mistakes.NoKey()),
        Arguments.of("another-record", new Mistakes.AnotherRecord()),
        Arguments.of("null-as-number", new Mistakes.NullAsNumber()),
        Arguments.of("left-open", new Mistakes.LeftOpen()),
        Arguments.of("left-allocated", new Mistakes.LeftAllocated()),
        Arguments.of("too-much-memory", new Mistakes.TooMuchMemory()),
        Arguments.of("throws", new Mistakes.Throws()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void theTutorialQuotesTheMessage(String name, BatchUdtf udtf) throws IOException {
    Table sales =
        source(
            Basket.class,
            List.of(
                new Basket(1, "Aarau", 12.5, List.of("bread")),
                new Basket(2, "Aarau", null, List.of())));

    GenevaException thrown =
        Assertions.catchThrowableOfType(
            GenevaException.class,
            () -> {
              UdtfView view = connection.createUdtfView("totals", sales.search(), udtf);
              view.refresh();
            });

    assertThat(thrown).isNotNull();
    // The page shows the beginning of long ones.
    assertThat(normalized(thrown.getMessage())).startsWith(normalized(quoted(name)));
  }

  /** The block after the comment that names it, up to an ellipsis. */
  private static String quoted(String name) throws IOException {
    Matcher block =
        Pattern.compile("<!-- message: " + name + " -->\\s*```text\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(block.find()).as("the message %s in %s", name, PAGE).isTrue();
    return block.group(1).replaceFirst("…\\s*$", "");
  }

  /** Without what differs from run to run: a lambda's name. */
  private static String normalized(String text) {
    return text.replaceAll("Lambda[_\\w/$]*", "Lambda").replaceAll("\\s+", " ").strip();
  }
}
