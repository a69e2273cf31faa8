package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A second JVM with this one's class path. Closing it kills it and deletes its temporary folder, in
 * which a killed one leaves its copy of the native library.
 */
public final class ChildJvm implements AutoCloseable {

  private static final int LONG_SECONDS = 60;

  private final Path temporary;
  private final Process process;
  private final BufferedReader output;

  /** Starts with the flags that Lance needs. */
  public static ChildJvm start(Path folder, Class<?> main, String... arguments) throws IOException {
    return new ChildJvm(folder, lanceFlags(), main, arguments);
  }

  /** The flags that this JVM was started with, as far as they are for Lance. */
  static List<String> lanceFlags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            flag ->
                flag.startsWith("--add-opens")
                    || flag.startsWith("--enable-native-access")
                    || flag.startsWith("--sun-misc-unsafe"))
        .toList();
  }

  ChildJvm(Path folder, List<String> flags, Class<?> main, String... arguments) throws IOException {
    temporary = Files.createTempDirectory(folder, "child");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(temporary.resolve("stderr").toFile());
    builder.environment().put("TMPDIR", temporary.toString());
    process = builder.start();
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  long pid() {
    return process.pid();
  }

  /** The next line that it prints; null if it has ended. */
  public @Nullable String line() throws Exception {
    CompletableFuture<@Nullable String> line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return output.readLine();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return line.get(LONG_SECONDS, TimeUnit.SECONDS);
  }

  /** Reads a line that must be this one. */
  public void expect(String line) throws Exception {
    assertThat(line()).as(() -> "what the child prints; " + errors()).isEqualTo(line);
  }

  /** The lines until it ends. */
  public List<String> rest() throws Exception {
    List<String> lines = new ArrayList<>();
    for (String line = line(); line != null; line = line()) {
      lines.add(line);
    }
    return lines;
  }

  /** What it wrote to its standard error. */
  public String errors() {
    try {
      return Files.readString(temporary.resolve("stderr"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets it go on that waits for a line. */
  public void send(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  public int exitCode() throws InterruptedException {
    assertThat(process.waitFor(LONG_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Tells it to end, as {@code kill} does. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Kills it; what it had printed can still be read. */
  public void kill() throws InterruptedException {
    // Not through the process, which would close its output too.
    process.toHandle().destroyForcibly();
    exitCode();
  }

  /** May be called more than once. */
  @Override
  public void close() throws InterruptedException {
    kill();
    if (Files.exists(temporary)) {
      Tree.delete(temporary);
    }
  }
}
