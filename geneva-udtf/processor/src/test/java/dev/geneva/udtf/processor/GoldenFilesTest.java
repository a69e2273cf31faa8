package dev.geneva.udtf.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.udtf.processor.fixture.CompiledSources;
import dev.geneva.udtf.processor.fixture.CompiledSources.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is generated for the sources in {@code golden/sources} is what lies in {@code
 * golden/generated}, whatever the compiler. {@code -Dgolden.update=true} writes it there.
 */
class GoldenFilesTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  @ParameterizedTest
  @EnumSource(Tool.class)
  void whatIsGeneratedIsAsItWasReviewed(Tool tool, @TempDir Path folder) throws IOException {
    CompiledSources compiled =
        CompiledSources.compile(tool, folder, filesIn(GOLDEN.resolve("sources")));

    assertThat(compiled.said()).isEmpty();
    if (Boolean.getBoolean("golden.update")) {
      for (Map.Entry<String, String> file : compiled.generated().entrySet()) {
        Path target = GOLDEN.resolve("generated").resolve(file.getKey() + ".txt");
        Files.createDirectories(target.getParent());
        Files.writeString(target, file.getValue());
      }
    }
    Map<String, String> expected = new TreeMap<>();
    filesIn(GOLDEN.resolve("generated"))
        .forEach((name, text) -> expected.put(name.replaceFirst("\\.txt$", ""), text));
    assertThat(compiled.generated()).isEqualTo(expected);
  }

  private static Map<String, String> filesIn(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(
            folder.relativize(path).toString().replaceFirst("\\.java\\.txt$", ".java"),
            Files.readString(path));
      }
    }
    return files;
  }
}
