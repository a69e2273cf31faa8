package dev.geneva.udtf.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geneva.udtf.Backoff;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.ErrorAction;
import dev.geneva.udtf.ErrorRule;
import dev.geneva.udtf.GeneratedNames;
import dev.geneva.udtf.Partitioning;
import dev.geneva.udtf.UdtfDescriptor;
import dev.geneva.udtf.UdtfParameter;
import dev.geneva.udtf.processor.fixture.CompiledSources;
import dev.geneva.udtf.processor.fixture.CompiledSources.Tool;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the generated descriptors say, and where the processor runs. */
class UdtfProcessorTest {

  private static final String HEADER =
      """
      package acme;

      import dev.geneva.udtf.*;
      import java.util.*;
      import org.jspecify.annotations.Nullable;

      """;
  private static final String PROCESS =
      "@Override public void process(UdtfSource source, BatchCollector out) {} ";

  @TempDir Path folder;

  @SuppressWarnings("unchecked")
  private static UdtfDescriptor<BatchUdtf> descriptor(ClassLoader loader, String binaryName)
      throws ReflectiveOperationException {
    return (UdtfDescriptor<BatchUdtf>)
        loader.loadClass(GeneratedNames.descriptorOf(binaryName)).getConstructor().newInstance();
  }

  private CompiledSources compile(Tool tool, String name, String source) {
    CompiledSources compiled =
        CompiledSources.compile(tool, folder, Map.of("acme/" + name + ".java", HEADER + source));
    assertThat(compiled.said()).isEmpty();
    return compiled;
  }

  @ParameterizedTest
  @EnumSource(Tool.class)
  void aRecordsDescriptorSaysWhatItsAnnotationSays(Tool tool) throws Exception {
    CompiledSources compiled =
        compile(
            tool,
            "Outer",
            """
            class Outer {
              record Row(long rowId, @Nullable String label) {}

              @Udtf(output = Row.class, name = "dedupe", version = "3", inputColumns = {"b", "a"},
                  partitionBy = "hidden", numCpus = 0.5, numGpus = 2, memory = "1.5 GiB",
                  onError = {
                    @OnError(error = {java.io.IOException.class, Error.class}, match = "a|b",
                        then = ErrorAction.RETRY, maxAttempts = 7, backoff = Backoff.LINEAR,
                        delay = "250 ms", maxDelay = "2 min", jitter = false),
                    @OnError(then = ErrorAction.SKIP, maxSkipCount = 4, maxSkipFraction = 0.25)})
              record Dedupe(int threshold, @Nullable List<String> names) implements BatchUdtf {
                %s
              }
            }
            """
                .formatted(PROCESS));

    try (URLClassLoader loader = compiled.loader()) {
      UdtfDescriptor<BatchUdtf> descriptor = descriptor(loader, "acme.Outer$Dedupe");

      assertThat(descriptor.udtfClass().getName()).isEqualTo("acme.Outer$Dedupe");
      assertThat(descriptor.codeClass()).isEqualTo(descriptor.udtfClass());
      assertThat(descriptor.name()).isEqualTo("dedupe");
      assertThat(descriptor.version()).isEqualTo("3");
      assertThat(descriptor.inputColumns()).containsExactly("b", "a");
      assertThat(descriptor.partitioning()).isEqualTo(Partitioning.byColumn("hidden"));
      assertThat(descriptor.resources().numCpus()).isEqualTo(0.5);
      assertThat(descriptor.resources().numGpus()).isEqualTo(2);
      assertThat(descriptor.resources().memoryBytes()).hasValue(3L << 29);
      assertThat(descriptor.outputSchema().getFields())
          .extracting(Field::getName)
          .containsExactly("row_id", "label");

      List<ErrorRule> rules = descriptor.errorPolicy().rules();
      assertThat(rules)
          .extracting(ErrorRule::action)
          .containsExactly(ErrorAction.RETRY, ErrorAction.SKIP);
      ErrorRule retry = rules.get(0);
      assertThat(retry.errors()).containsExactly(IOException.class, Error.class);
      assertThat(retry.match().orElseThrow().pattern()).isEqualTo("a|b");
      assertThat(retry.maxAttempts()).isEqualTo(7);
      assertThat(retry.backoff()).isEqualTo(Backoff.LINEAR);
      assertThat(retry.delay()).isEqualTo(Duration.ofMillis(250));
      assertThat(retry.maxDelay()).isEqualTo(Duration.ofMinutes(2));
      assertThat(retry.jitter()).isFalse();
      assertThat(rules.get(1).maxSkipCount()).isEqualTo(4);
      assertThat(rules.get(1).maxSkipFraction()).isEqualTo(0.25);

      assertThat(descriptor.parameters())
          .extracting(UdtfParameter::name, p -> p.type().getTypeName(), UdtfParameter::nullable)
          .containsExactly(
              tuple("threshold", "int", false),
              tuple("names", "java.util.List<java.lang.String>", true));
      BatchUdtf made = descriptor.create(Arrays.asList(4, null));
      assertThat(descriptor.parameterValues(made)).containsExactly(4, null);
      assertThat(made).isEqualTo(descriptor.create(Arrays.asList(4, null)));
    }
  }

  @ParameterizedTest
  @EnumSource(Tool.class)
  void aClassHasItsConstructorsParametersEvenThroughAGenericSuperclass(Tool tool) throws Exception {
    CompiledSources compiled =
        compile(
            tool,
            "TopK",
            """
            @Udtf(outputSchema = "schema")
            class TopK extends WithGroups<List<String>> implements BatchUdtf {
              private final int[] ks;
              public TopK(List<String> groups, int[] ks) { super(groups); this.ks = ks; }
              TopK() { this(List.of(), new int[0]); }
              int[] ks() { return ks; }

              static org.apache.arrow.vector.types.pojo.Schema schema() {
                return new org.apache.arrow.vector.types.pojo.Schema(List.of());
              }
              %s
            }

            abstract class WithGroups<T> {
              private final T groups;
              WithGroups(T groups) { this.groups = groups; }
              T groups() { return groups; }
            }
            """
                .formatted(PROCESS));

    try (URLClassLoader loader = compiled.loader()) {
      UdtfDescriptor<BatchUdtf> descriptor = descriptor(loader, "acme.TopK");

      assertThat(descriptor.name()).isEqualTo("acme.TopK");
      assertThat(descriptor.version()).isEmpty();
      assertThat(descriptor.outputSchema().getFields()).isEmpty();
      assertThat(descriptor.partitioning()).isEqualTo(Partitioning.none());
      assertThat(descriptor.resources().memoryBytes()).isEmpty();
      assertThat(descriptor.errorPolicy().rules()).isEmpty();
      BatchUdtf made = descriptor.create(List.of(List.of("a"), new int[] {1, 2}));
      assertThat(descriptor.parameterValues(made))
          .usingRecursiveComparison()
          .isEqualTo(List.of(List.of("a"), new int[] {1, 2}));
    }
  }

  @ParameterizedTest
  @EnumSource(Tool.class)
  void aStaticMethodIsCalledByWhatItsFactoryMakes(Tool tool) throws Exception {
    CompiledSources compiled =
        compile(
            tool,
            "Stats",
            """
            public class Stats {
              public record Row(long n) {}
              public static final List<Object> CALLS = new ArrayList<>();

              @Udtf(output = Row.class, partitionByIndexedColumn = "v")
              public static void count(
                  UdtfSource source, BatchCollector out, String source_, int[] out_, @Nullable Long n)
                  throws Exception {
                CALLS.add(Arrays.asList(source, out, source_, out_.length, n));
              }
            }
            """);

    try (URLClassLoader loader = compiled.loader()) {
      Method factory =
          loader
              .loadClass(GeneratedNames.functionsOf("acme.Stats"))
              .getMethod("count", String.class, int[].class, Long.class);
      BatchUdtf made = (BatchUdtf) factory.invoke(null, "x", new int[] {1, 2}, null);
      UdtfDescriptor<BatchUdtf> descriptor = descriptor(loader, made.getClass().getName());

      assertThat(descriptor.udtfClass()).isEqualTo(made.getClass());
      assertThat(descriptor.codeClass().getName()).isEqualTo("acme.Stats");
      assertThat(descriptor.name()).isEqualTo("acme.Stats#count");
      assertThat(descriptor.partitioning()).isEqualTo(Partitioning.byIndexedColumn("v"));
      BatchUdtf same = descriptor.create(Arrays.asList("x", new int[] {1, 2}, null));
      assertThat(same).isEqualTo(made).hasSameHashCodeAs(made);
      assertThat(descriptor.create(Arrays.asList("x", new int[] {1, 3}, null))).isNotEqualTo(made);

      made.process(null, null);

      assertThat(loader.loadClass("acme.Stats").getField("CALLS").get(null))
          .isEqualTo(List.of(Arrays.asList(null, null, "x", 2, null)));
    }
  }

  /** Since JDK 23 javac runs a processor that it finds there only if asked. */
  private static String[] onClassPath(String classPath) {
    return Runtime.version().feature() >= 23
        ? new String[] {"-classpath", classPath, "-proc:full"}
        : new String[] {"-classpath", classPath};
  }

  @ParameterizedTest
  @ValueSource(strings = {"-classpath", "-processorpath"})
  void isFoundOnTheClassPathAndOnTheProcessorPath(String path) {
    String[] options =
        path.equals("-classpath")
            ? onClassPath(CompiledSources.classPath())
            : new String[] {
              path, CompiledSources.classPath(), "-classpath", CompiledSources.classPath()
            };

    CompiledSources compiled =
        CompiledSources.compile(
            Tool.JAVAC,
            folder,
            Map.of("acme/Row.java", HEADER + "@ArrowRecord record Row(long n) {}"),
            options);

    assertThat(compiled.said()).isEmpty();
    assertThat(compiled.generated()).containsOnlyKeys("acme/Row_ArrowConverter.java");
  }

  @Test
  void anOutputOfAnotherFileIsGeneratedOnceAndFoundByALaterCompilation() throws IOException {
    String udtf =
        HEADER + "@Udtf(output = Row.class) record %s() implements BatchUdtf { " + PROCESS + "}";
    CompiledSources first =
        CompiledSources.compile(
            Tool.JAVAC,
            folder.resolve("first"),
            Map.of(
                "acme/A.java", udtf.formatted("A"),
                "acme/B.java", udtf.formatted("B"),
                "acme/Row.java", HEADER + "record Row(long n) {}"));
    assertThat(first.said()).isEmpty();
    assertThat(first.generated())
        .containsOnlyKeys(
            "acme/A_UdtfDescriptor.java",
            "acme/B_UdtfDescriptor.java",
            "acme/Row_ArrowConverter.java");

    // What an incremental build does when only A has changed: it deletes what came from A.
    Files.delete(folder.resolve("first/classes/acme/A_UdtfDescriptor.class"));
    Files.delete(folder.resolve("first/classes/acme/A.class"));
    String classPath = folder.resolve("first/classes") + ":" + CompiledSources.classPath();
    CompiledSources second =
        CompiledSources.compile(
            Tool.JAVAC,
            folder.resolve("second"),
            Map.of("acme/A.java", udtf.formatted("A")),
            onClassPath(classPath.replace(":", java.io.File.pathSeparator)));
    assertThat(second.said()).isEmpty();
    assertThat(second.generated()).containsOnlyKeys("acme/A_UdtfDescriptor.java");
  }

  @Test
  void generatedCodeOfAModuleOrOfSomethingDeprecatedHasNoWarnings() throws IOException {
    assumeTrue(
        BatchUdtf.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .getPath()
            .endsWith(".jar"),
        "a folder of classes is no automatic module; mvn verify has the jar");
    CompiledSources compiled =
        CompiledSources.compile(
            Tool.JAVAC,
            folder,
            Map.of(
                "acme/Old.java",
                HEADER
                    + """
                    /** @deprecated for the test */
                    @Deprecated(forRemoval = true)
                    @Udtf(output = Old.Row.class)
                    record Old(int n) implements BatchUdtf {
                      record Row(long n) {}
                      %s
                    }
                    """
                        .formatted(PROCESS),
                "acme/Stats.java",
                HEADER
                    + """
                    /** Functions. */
                    public class Stats {
                      /** No instances. */
                      private Stats() {}
                      /**
                       * A row.
                       * @param n a number
                       */
                      public record Row(long n) {}
                      enum Mode { A }
                      @Udtf(output = Row.class)
                      static void count(UdtfSource source, BatchCollector out, Mode mode) {}
                      /**
                       * Old.
                       * @deprecated for the test
                       */
                      @Deprecated
                      @Udtf(output = Row.class)
                      public static void old(UdtfSource source, BatchCollector out) {}
                    }
                    """,
                "module-info.java",
                """
                module acme {
                  requires transitive dev.geneva.udtf;
                  requires org.apache.arrow.vector;
                  requires org.apache.arrow.memory.core;
                  requires org.jspecify;
                  exports acme;
                }
                """),
            "--module-path",
            CompiledSources.classPath(),
            "-processorpath",
            CompiledSources.classPath(),
            "-Xlint:-requires-automatic,-requires-transitive-automatic,-module");

    assertThat(compiled.said()).isEmpty();
    assertThat(compiled.generated()).hasSize(6);
  }

  @Test
  void isDeclaredAsIsolatingForGradle() throws IOException {
    Path folder = Path.of("src", "main", "resources", "META-INF", "gradle");
    assertThat(Files.readString(folder.resolve("incremental.annotation.processors")).strip())
        .isEqualTo(UdtfProcessor.class.getName() + ",isolating");
  }

  @Test
  void aTypeThatAnotherProcessorGeneratesInALaterRoundIsWaitedFor() {
    // Nobody generates it here, so the compiler alone complains, and only of what is missing.
    CompiledSources compiled =
        CompiledSources.compile(
            Tool.JAVAC,
            folder,
            Map.of(
                "acme/A.java",
                HEADER
                    + "@Udtf(output = Missing.class) record A(int n) implements BatchUdtf { "
                    + PROCESS
                    + "}"));

    assertThat(compiled.diagnostics()).isEmpty();
    assertThat(compiled.said()).isNotEmpty().allMatch(said -> said.message().contains("Missing"));
    assertThatThrownBy(() -> compiled.loader().loadClass("acme.A_UdtfDescriptor"))
        .isInstanceOf(ClassNotFoundException.class);
  }
}
