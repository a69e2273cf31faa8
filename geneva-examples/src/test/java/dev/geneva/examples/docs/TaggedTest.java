package dev.geneva.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How snippets are cut. */
class TaggedTest {

  @TempDir private Path folder;

  @BeforeEach
  void writeSource() throws IOException {
    Files.writeString(
        folder.resolve("A.java"),
        """
        class A {
          // tag::x[]
          void x() {
            // tag::y[]
            y();
            // end::y[]
          }

          // end::x[]
          void hidden() {}
          // tag::x[]
          int z;
          // end::x[]
          // tag::open[]
        }
        """);
  }

  @Test
  void partsAreJoinedAndOtherTagsLeftOut() throws IOException {
    assertThat(Tagged.read(folder, "A.java#x")).isEqualTo("void x() {\n  y();\n}\nint z;\n");
    assertThat(Tagged.read(folder, "A.java#y")).isEqualTo("y();\n");
  }

  @Test
  void aTagThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> Tagged.read(folder, "A.java#none"))
        .hasMessage("there is no // tag::none[] with its // end::none[] in A.java");
    assertThatThrownBy(() -> Tagged.read(folder, "A.java#open"))
        .hasMessageStartingWith("there is no // tag::open[]");
  }

  @Test
  void aBlockThatDiffersIsFoundAndUpdated() throws IOException {
    Page page = new Page("Text\n\n<!-- from: A.java#y -->\n```java\nold();\n```\nend\n");

    assertThat(page.snippets()).containsExactly(new Page.Snippet("A.java#y", 5, "old();\n"));
    assertThat(page.updated(folder))
        .isEqualTo("Text\n\n<!-- from: A.java#y -->\n```java\ny();\n```\nend\n");
  }

  @Test
  void aBlockWithoutOriginIsFound() {
    assertThat(new Page("```java\nx();\n```\n").snippets())
        .containsExactly(new Page.Snippet("", 2, "x();\n"));
  }
}
