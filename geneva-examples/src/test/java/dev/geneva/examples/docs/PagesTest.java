package dev.geneva.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every block of Java in these pages is cut from compiled code. After a change of that code, {@code
 * -Dpages.update=true} writes the blocks anew.
 */
class PagesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/writing-a-udtf.md",
        "docs/examples.md",
        "docs/object-stores.md"
      })
  void javaIsCutFromCompiledCode(String page) throws IOException {
    Path file = ROOT.resolve(page);
    if (Boolean.getBoolean("pages.update")) {
      Files.writeString(file, Page.read(file).updated(ROOT));
    }

    assertThat(Page.read(file).snippets())
        .allSatisfy(
            snippet -> {
              assertThat(snippet.origin())
                  .as("the origin of the Java block in line %d of %s", snippet.line(), page)
                  .isNotEmpty();
              assertThat(Tagged.read(ROOT, snippet.origin()))
                  .as(
                      "%s, of which line %d of %s is a copy",
                      snippet.origin(), snippet.line(), page)
                  .isEqualToNormalizingWhitespace(snippet.code());
            });
  }

  @Test
  void everyPageIsListed() throws IOException {
    String index = Files.readString(ROOT.resolve("docs/README.md"));
    try (var pages = Files.list(ROOT.resolve("docs"))) {
      List<String> names = pages.map(page -> page.getFileName().toString()).toList();
      assertThat(names)
          .filteredOn(name -> !name.equals("README.md"))
          .allSatisfy(name -> assertThat(index).contains("](" + name));
    }
  }
}
