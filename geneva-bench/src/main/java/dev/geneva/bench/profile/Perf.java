package dev.geneva.bench.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Samples of this process and of those that it starts, by Linux's {@code perf}, which sees native
 * code and the kernel, too. Compiled Java code has names by a map that the JVM writes.
 */
final class Perf implements AutoCloseable {

  /** Not a multiple of anything that ticks. */
  private static final int PER_SECOND = 997;

  private static final Pattern LINE =
      Pattern.compile("\\s*([0-9.]+)%\\s*\\|(.*?)\\|(.*?)\\|\\s*\\[.\\] (.*?)\\s*");

  private final Path samples;
  private final Process recorder;

  private Perf(Path samples, Process recorder) {
    this.samples = samples;
    this.recorder = recorder;
  }

  /** Begins. */
  static Perf record(Path folder) throws IOException, InterruptedException {
    Path samples = folder.resolve("samples");
    Path said = folder.resolve("perf.txt");
    Process recorder =
        new ProcessBuilder(
                "perf",
                "record",
                "--freq=" + PER_SECOND,
                "--pid=" + ProcessHandle.current().pid(),
                "--inherit",
                "--output=" + samples)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    while (!Files.exists(samples) || Files.size(samples) == 0) {
      if (recorder.waitFor(10, TimeUnit.MILLISECONDS)) {
        throw new IOException("perf doesn't record: " + Files.readString(said));
      }
    }
    return new Perf(samples, recorder);
  }

  /** Ends, and tells where the time went, the most expensive place first. */
  List<Cost> costs() throws IOException, InterruptedException {
    recorder.destroy();
    recorder.waitFor();
    long pid = ProcessHandle.current().pid();
    Path map = Path.of("/tmp/perf-" + pid + ".map"); // where perf looks for it
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    output(jcmd.toString(), Long.toString(pid), "Compiler.perfmap");
    try {
      String report =
          output(
              "perf",
              "report",
              "--input=" + samples,
              "--stdio",
              "--no-children",
              "--fields=overhead,comm,dso,sym",
              "--field-separator=|");
      return parsed(report);
    } finally {
      Files.deleteIfExists(map);
    }
  }

  /** The lines of a report; others than those with a cost are left aside. */
  static List<Cost> parsed(String report) {
    List<Cost> costs = new ArrayList<>();
    for (String line : report.split("\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        costs.add(
            new Cost(
                Double.parseDouble(matcher.group(1)),
                matcher.group(2).strip(),
                matcher.group(3).strip(),
                matcher.group(4)));
      }
    }
    return costs;
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("failed: " + Arrays.toString(command));
    }
    return output;
  }

  @Override
  public void close() {
    recorder.destroy();
    try {
      recorder.waitFor();
      Files.deleteIfExists(samples);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
