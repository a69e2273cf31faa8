package dev.geneva.bench.profile;

import dev.geneva.bench.suite.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
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

  /** A sample: the thread's name, which may have spaces, seconds, address, function and object. */
  private static final Pattern SAMPLE =
      Pattern.compile("\\s*(.*?)\\s+(\\d+)\\.(\\d{9}):\\s+[0-9a-f]+ (.*) \\((.*)\\)\\s*");

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
                "--clockid=mono", // that of System.nanoTime
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

  /**
   * Ends, and tells where the time went, the most expensive place first.
   *
   * @param spans of the samples that count, one after the other; without any, all do
   */
  List<Cost> costs(List<Span> spans) throws IOException, InterruptedException {
    recorder.destroy();
    recorder.waitFor();
    long pid = ProcessHandle.current().pid();
    Path map = Path.of("/tmp/perf-" + pid + ".map"); // where perf looks for it
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    output(jcmd.toString(), Long.toString(pid), "Compiler.perfmap");
    try {
      String script =
          output("perf", "script", "--input=" + samples, "--ns", "--fields=comm,time,ip,sym,dso");
      return counted(script, spans);
    } finally {
      Files.deleteIfExists(map);
    }
  }

  /** The samples of a script, counted; lines that aren't samples are left aside. */
  static List<Cost> counted(String script, List<Span> spans) {
    NavigableMap<Long, Long> ends = new TreeMap<>();
    spans.forEach(span -> ends.put(span.begin(), span.end()));
    Map<Place, Integer> counts = new LinkedHashMap<>();
    int all = 0;
    for (String line : script.split("\n", -1)) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches() && (spans.isEmpty() || isWithin(ends, nanos(sample)))) {
        String object = sample.group(5);
        object = object.substring(object.lastIndexOf('/') + 1);
        counts.merge(new Place(sample.group(1), object, sample.group(4)), 1, Integer::sum);
        all++;
      }
    }
    double percent = 100.0 / Math.max(1, all);
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(entry -> entry.getKey().cost(percent * entry.getValue()))
        .toList();
  }

  private static long nanos(Matcher sample) {
    return 1_000_000_000 * Long.parseLong(sample.group(2)) + Long.parseLong(sample.group(3));
  }

  private static boolean isWithin(NavigableMap<Long, Long> ends, long nanos) {
    Map.Entry<Long, Long> span = ends.floorEntry(nanos);
    return span != null && nanos < span.getValue();
  }

  private record Place(String thread, String object, String symbol) {
    Cost cost(double percent) {
      return new Cost(percent, thread, object, symbol);
    }
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
