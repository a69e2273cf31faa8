package dev.geneva.udtf.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.fixture.CompiledSources;
import dev.geneva.udtf.processor.fixture.CompiledSources.Said;
import dev.geneva.udtf.processor.fixture.CompiledSources.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code docs/diagnostics.md} explains every diagnostic by an example that the compiler answers so,
 * and a fix that it accepts. {@code -Ddocs.update=true} writes the answers into the page.
 */
class DiagnosticsPageTest {

  private static final Path PAGE = Path.of("..", "..", "docs", "diagnostics.md");

  /** In one line, so that the examples' lines are one more in what is compiled. */
  private static final String IMPORTS =
      Stream.of(
              "dev.geneva.udtf.*",
              "dev.geneva.udtf.processor.fixture.Unconverted",
              "java.io.*",
              "java.math.*",
              "java.time.*",
              "java.util.*",
              "org.apache.arrow.vector.types.Types",
              "org.apache.arrow.vector.types.pojo.Field",
              "org.apache.arrow.vector.types.pojo.Schema",
              "org.jspecify.annotations.Nullable")
          .map(name -> "import " + name + "; ")
          .reduce("", String::concat);

  private static final Pattern ENTRY =
      Pattern.compile(
          "### (\\S+)\n\n(.*?)\n\n```java\n(.*?)```\n\n```text\n(.*?)\n```\n\nFix:\n\n```java\n(.*?)```\n",
          Pattern.DOTALL);

  private static final Pattern TYPE =
      Pattern.compile("^(?:abstract )?(?:class|record) (\\w+)", Pattern.MULTILINE);

  private record Entry(String id, String example, String answer, String fix) {
    @Override
    public String toString() {
      return id;
    }
  }

  static List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    Matcher matcher = ENTRY.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      entries.add(
          new Entry(matcher.group(1), matcher.group(3), matcher.group(4), matcher.group(5)));
    }
    return entries;
  }

  @Test
  void thePageListsEveryDiagnosticInTheOrderOfTheCatalogue() throws IOException {
    assertThat(entries())
        .extracting(Entry::id)
        .containsExactlyElementsOf(Stream.of(Diagnostic.values()).map(Diagnostic::id).toList());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void theExampleIsAnsweredAsThePageSaysAtTheMarkedLine(Entry entry, @TempDir Path folder)
      throws IOException {
    CompiledSources compiled = compile(Tool.JAVAC, folder, entry.example());

    assertThat(compiled.diagnostics()).hasSize(1);
    Said said = compiled.diagnostics().get(0);
    if (Boolean.getBoolean("docs.update")) {
      String page = Files.readString(PAGE);
      Files.writeString(
          PAGE,
          page.replaceFirst(
              "(### " + entry.id() + "\n(?s:.*?)```text\n)(?s:.*?)\n```",
              "$1" + Matcher.quoteReplacement(said.message()) + "\n```"));
      return;
    }
    assertThat(said.message()).isEqualTo(entry.answer());
    assertThat(said.line()).isEqualTo(markedLine(entry.example()) + 1);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void theFixCompilesWithoutAWarning(Entry entry, @TempDir Path folder) {
    assertThat(compile(Tool.JAVAC, folder, entry.fix()).said()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void eclipseSaysTheSame(Entry entry, @TempDir Path folder) {
    CompiledSources compiled = compile(Tool.ECJ, folder, entry.example());

    assertThat(compiled.diagnostics()).hasSize(1);
    Said said = compiled.diagnostics().get(0);
    // javac indents all lines but the first.
    assertThat(said.message().replace("\n", "\n  ")).isEqualTo(entry.answer());
    // ECJ 3.38 finds the place of classes, methods and fields, but says 0 for a record's.
    assertThat(said.line()).isIn(0L, markedLine(entry.example()) + 1);
  }

  private static CompiledSources compile(Tool tool, Path folder, String source) {
    Matcher first = TYPE.matcher(source);
    String name = first.find() ? first.group(1) : "Example";
    return CompiledSources.compile(tool, folder, Map.of(name + ".java", IMPORTS + "\n" + source));
  }

  private static long markedLine(String example) {
    List<String> lines = example.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("// ←")) {
        return i + 1L;
      }
    }
    throw new IllegalStateException("no line is marked in\n" + example);
  }
}
