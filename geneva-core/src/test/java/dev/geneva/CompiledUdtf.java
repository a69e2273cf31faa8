package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.udtf.BatchUdtf;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.tools.ToolProvider;

/**
 * A function that a test compiles, in a class loader of its own, so that it is another one in what
 * counts as tomorrow's process. It copies its source; the descriptor is written by hand.
 */
final class CompiledUdtf implements AutoCloseable {

  static final String NAME = "made.Filter";

  private static final String FUNCTION =
      """
      package made;

      import dev.geneva.udtf.*;

      public record Filter(%1$s %2$s) implements BatchUdtf {
        @Override
        public void process(UdtfSource source, BatchCollector out) throws Exception {
          try (var reader = source.toBatches(100)) {
            while (reader.loadNextBatch()) {
              new Sink().take(reader.getVectorSchemaRoot(), out);
            }
          }
        }

        static class Sink {
          void take(org.apache.arrow.vector.VectorSchemaRoot batch, BatchCollector out) {
            %3$s
          }
        }
      }
      """;

  private static final String DESCRIPTOR =
      """
      package made;

      import dev.geneva.udtf.*;
      import java.util.List;
      import org.apache.arrow.vector.types.pojo.Schema;

      public final class Filter_UdtfDescriptor implements UdtfDescriptor<Filter> {
        public Class<Filter> udtfClass() { return Filter.class; }
        public String name() { return "filter"; }
        public String version() { return "%4$s"; }
        public Schema outputSchema() {
          try {
            return Schema.fromJSON("%5$s");
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        }
        public List<String> inputColumns() { return List.of(); }
        public Partitioning partitioning() { return Partitioning.none(); }
        public Resources resources() { return Resources.ofDefaults(); }
        public ErrorPolicy errorPolicy() { return ErrorPolicy.failFast(); }
        public List<UdtfParameter> parameters() {
          return List.of(new UdtfParameter("%2$s", %1$s.class, false));
        }
        public List<Object> parameterValues(Filter udtf) { return List.of(udtf.%2$s()); }
        public Filter create(List<?> values) { return new Filter((%1$s) values.get(0)); }
      }
      """;

  private final URLClassLoader classes;

  private CompiledUdtf(URLClassLoader classes) {
    this.classes = classes;
  }

  /** What a test changes of the function; everything else is always the same. */
  record Code(
      String parameterType,
      String parameterName,
      String statement,
      String version,
      String outputSchema,
      List<String> options) {

    static Code ofDefaults() {
      return new Code(
          "Long", "threshold", "out.collect(batch);", "", Rows.ITEM.toJson(), List.of("-g"));
    }

    Code withParameter(String type, String name) {
      return new Code(type, name, statement, version, outputSchema, options);
    }

    Code withStatement(String changed) {
      return new Code(parameterType, parameterName, changed, version, outputSchema, options);
    }

    Code withVersion(String changed) {
      return new Code(parameterType, parameterName, statement, changed, outputSchema, options);
    }

    Code withOutputSchema(String changed) {
      return new Code(parameterType, parameterName, statement, version, changed, options);
    }

    Code withOptions(String... changed) {
      return new Code(
          parameterType, parameterName, statement, version, outputSchema, List.of(changed));
    }

    /** Compiles into a new folder. */
    CompiledUdtf compile(Path folder) throws IOException {
      Files.createDirectories(folder);
      List<String> arguments = new ArrayList<>(options);
      arguments.addAll(
          List.of("-proc:none", "-d", folder.toString(), "-cp", classPath(), "--release", "17"));
      arguments.add(source(folder, "Filter.java", FUNCTION));
      arguments.add(source(folder, "Filter_UdtfDescriptor.java", DESCRIPTOR));
      int result =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, arguments.toArray(String[]::new));
      assertThat(result).as("what javac returns").isZero();
      return new CompiledUdtf(
          new URLClassLoader(
              new URL[] {folder.toUri().toURL()}, CompiledUdtf.class.getClassLoader()));
    }

    private String source(Path folder, String name, String template) throws IOException {
      String schema = outputSchema.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "");
      String text = template.formatted(parameterType, parameterName, statement, version, schema);
      return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String classPath() {
      return System.getProperty("java.class.path");
    }
  }

  /** An instance. */
  BatchUdtf withParameter(Object value) {
    try {
      return (BatchUdtf)
          classes.loadClass(NAME).getConstructor(value.getClass()).newInstance(value);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("What was just compiled can't be used", e);
    }
  }

  /** Runs something in a process that has this function on its class path, as it were. */
  <T> T present(Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes);
    try {
      return action.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void close() throws IOException {
    classes.close();
  }
}
