package dev.geneva.internal.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeDigestTest {

  private static final String SOURCE =
      """
      public class Sample {
        static final int LIMIT = 10;
        record Point(int x, int y) {}
        interface Step { int apply(int value); }
        enum Kind { SMALL, LARGE }
        private final Step step = value -> value + LIMIT;
        int run(int input) {
          int result = step.apply(input);
          Object anonymous = new Object() {
            @Override public String toString() { return "anonymous"; }
          };
          for (Kind kind : Kind.values()) {
            switch (kind) { case SMALL -> result++; case LARGE -> result += 2; }
          }
          assert result != 7 : anonymous;
          return result + new Point(1, 2).x();
        }
      }
      """;

  @TempDir Path folder;
  private final List<URLClassLoader> loaders = new ArrayList<>();

  @AfterEach
  void closeLoaders() throws IOException {
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
  }

  @Test
  void debugDataDoesNotMatter() {
    String all = digest(SOURCE, "-g");

    assertThat(all).matches("[0-9a-f]{64}");
    assertThat(digest(SOURCE, "-g:none")).isEqualTo(all);
    assertThat(digest(SOURCE, "-g:lines")).isEqualTo(all);
    assertThat(digest(SOURCE, "-g", "-parameters")).isEqualTo(all);
  }

  @Test
  void commentsAndLinesDoNotMatter() {
    String moved = "// a comment\n\n\n" + SOURCE.replace("int run", "/** Runs. */\n\n int run");

    assertThat(digest(moved, "-g")).isEqualTo(digest(SOURCE, "-g"));
  }

  @Test
  void namesOfLocalVariablesDoNotMatter() {
    assertThat(digest(SOURCE.replace("result", "outcome"), "-g")).isEqualTo(digest(SOURCE, "-g"));
  }

  @Test
  void otherCodeIsAnotherDigest() {
    String digest = digest(SOURCE);

    assertThat(digest(SOURCE.replace("result += 2", "result += 3"))).isNotEqualTo(digest);
    assertThat(digest(SOURCE.replace("int run(int", "long run(int"))).isNotEqualTo(digest);
    assertThat(digest(SOURCE.replace("private final Step", "final Step"))).isNotEqualTo(digest);
  }

  @Test
  void nestMatesCount() {
    String digest = digest(SOURCE);

    assertThat(digest(SOURCE.replace("Point(int x, int y)", "Point(int x, long y)")))
        .as("a nested record")
        .isNotEqualTo(digest);
    assertThat(digest(SOURCE.replace("value + LIMIT", "value - LIMIT")))
        .as("a lambda")
        .isNotEqualTo(digest);
    assertThat(digest(SOURCE.replace("\"anonymous\"", "\"nobody\"")))
        .as("an anonymous class")
        .isNotEqualTo(digest);
    assertThat(digest(SOURCE.replace("LIMIT = 10", "LIMIT = 11")))
        .as("a constant")
        .isNotEqualTo(digest);
    assertThat(digest(SOURCE.replace("SMALL, LARGE }", "SMALL, LARGE, HUGE }")))
        .as("an enum")
        .isNotEqualTo(digest);
  }

  @Test
  void allClassesOfANestHaveOneDigest() throws Exception {
    Class<?> host = compile(SOURCE);

    assertThat(CodeDigest.of(Class.forName("Sample$Point", true, host.getClassLoader())))
        .isEqualTo(CodeDigest.of(host));
  }

  @Test
  void theClassLoaderDoesNotMatter() {
    assertThat(CodeDigest.of(compile(SOURCE))).isEqualTo(CodeDigest.of(compile(SOURCE)));
  }

  @Test
  void aClassWithoutAClassFileNeedsADeclaredVersion() throws Exception {
    byte[] bytes;
    try (var in = CodeDigestTest.class.getResourceAsStream("CodeDigestTest$Plain.class")) {
      bytes = in.readAllBytes();
    }
    Class<?> hidden = MethodHandles.lookup().defineHiddenClass(bytes, false).lookupClass();

    assertThatThrownBy(() -> CodeDigest.of(hidden))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has no class file to be found, so its version must be declared");
  }

  /** To be defined once more, hidden. */
  static final class Plain {}

  private String digest(String source, String... options) {
    return CodeDigest.of(compile(source, options));
  }

  private Class<?> compile(String source, String... options) {
    try {
      Path classes = Files.createTempDirectory(folder, "classes");
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      JavaFileObject file =
          new SimpleJavaFileObject(
              URI.create("string:///Sample.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
              return source;
            }
          };
      List<String> all = new ArrayList<>(List.of(options));
      all.addAll(List.of("-d", classes.toString(), "-proc:none", "--release", "17"));
      StringWriter output = new StringWriter();
      boolean compiled = compiler.getTask(output, null, null, all, null, List.of(file)).call();
      assertThat(compiled).as(output.toString()).isTrue();
      URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null);
      loaders.add(loader);
      return loader.loadClass("Sample");
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
