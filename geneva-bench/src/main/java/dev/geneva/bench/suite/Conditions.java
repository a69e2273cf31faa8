package dev.geneva.bench.suite;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.lance.Dataset;

/**
 * Under which conditions something was measured.
 *
 * @param date when it began, UTC
 * @param commit what was measured; {@code +} behind it if there were changes beside
 * @param load runnable threads of the whole machine, the mean of the minute before it began
 * @param machine processor, memory, system
 * @param versions of what was used
 */
public record Conditions(
    String date, String commit, double load, String machine, Map<String, String> versions) {

  /** Copies the map. */
  public Conditions {
    versions = new TreeMap<>(versions);
  }

  /** The conditions now. */
  public static Conditions now(Path project, Map<String, String> opponents) {
    Map<String, String> versions = new TreeMap<>(opponents);
    versions.put("JDK", System.getProperty("java.vm.version", "?"));
    versions.put("lance-core", version(Dataset.class));
    versions.put("arrow-vector", version(VectorSchemaRoot.class));
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return new Conditions(
        Instant.now().truncatedTo(ChronoUnit.MINUTES).toString(),
        commit(project),
        Numbers.kept(load),
        thisMachine(),
        versions);
  }

  /** The one in the name of its jar. */
  private static String version(Class<?> type) {
    String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    return jar.replaceAll(".*/", "").replaceAll("^[a-z-]+-|\\.jar$", "");
  }

  private static String thisMachine() {
    String processor =
        lineOf("/proc/cpuinfo", "model name").replaceAll("\\((R|TM)\\)|CPU", "").strip();
    String kibibytes = lineOf("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "");
    return "%d cores of %s, %s GiB, %s %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            processor.isEmpty() ? "an unnamed processor" : processor,
            kibibytes.isEmpty() ? "?" : Long.parseLong(kibibytes) >> 20,
            System.getProperty("os.name"),
            System.getProperty("os.version"));
  }

  private static String lineOf(String file, String key) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return ""; // another system than Linux
    }
  }

  private static String commit(Path project) {
    String head = git(project, "rev-parse", "--short", "HEAD");
    String changes = git(project, "status", "--porcelain", "--untracked-files=no", "--", "*.java");
    return head.isEmpty() ? "unknown" : changes.isEmpty() ? head : head + "+";
  }

  private static String git(Path project, String... arguments) {
    try {
      String[] command = new String[arguments.length + 1];
      command[0] = "git";
      System.arraycopy(arguments, 0, command, 1, arguments.length);
      Process git =
          new ProcessBuilder(command)
              .directory(project.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return ""; // no git
    }
  }
}
