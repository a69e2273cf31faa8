package dev.geneva.bench.line;

import dev.geneva.bench.suite.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Java process of its own, where what the measuring one has done before must not show. */
final class ChildJvm {

  private ChildJvm() {}

  /**
   * What a process printed first.
   *
   * @param line its first line
   * @param span from the start of the process to that line
   */
  record FirstLine(String line, Span span) {}

  /**
   * Runs one to its end.
   *
   * @param main the class to start
   * @param temporary its folder for temporary files
   * @param environment what it gets in addition
   * @param flags of the JVM, in addition to those that this one has
   */
  static FirstLine run(
      Class<?> main,
      Path temporary,
      Map<String, String> environment,
      List<String> flags,
      String... arguments)
      throws IOException, InterruptedException {
    return run(classPath(), main, temporary, environment, flags, arguments);
  }

  /** The class path of this one. */
  static String classPath() {
    return System.getProperty("java.class.path", "");
  }

  /** Runs one to its end, with another class path. */
  static FirstLine run(
      String classPath,
      Class<?> main,
      Path temporary,
      Map<String, String> environment,
      List<String> flags,
      String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-Dslf4j.internal.verbosity=ERROR"); // that there is no logger
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(flags);
    command.add("-cp");
    command.add(classPath);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return firstLine(command, environment);
  }

  /** Runs any program to its end. */
  static FirstLine firstLine(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    long begin = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader output = process.inputReader()) {
      String line = output.readLine();
      Span span = Span.since(begin);
      output.transferTo(java.io.Writer.nullWriter());
      int code = process.waitFor();
      if (code != 0 || line == null) {
        throw new IllegalStateException(command.get(0) + " ended with " + code);
      }
      return new FirstLine(line, span);
    }
  }
}
