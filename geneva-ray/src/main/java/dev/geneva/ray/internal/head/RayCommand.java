package dev.geneva.ray.internal.head;

import dev.geneva.UnsupportedRuntimeException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code ray} command of an installed Ray.
 *
 * @param file where it is
 */
public record RayCommand(Path file) {

  /** The version of Ray's Java library, which the installed one must have, too. */
  public static final String VERSION = "2.39.0";

  private static final String VARIABLE = "GENEVA_RAY";
  private static final Pattern REPORTED = Pattern.compile("version (\\d+\\.\\d+\\.\\d+\\S*)");
  private static final int TIMEOUT_SECONDS = 60;

  /**
   * Finds the command.
   *
   * @param chosen by an option; else by the environment, else in the path
   * @throws UnsupportedRuntimeException if it isn't there
   */
  public static RayCommand find(Optional<Path> chosen) {
    if (chosen.isPresent()) {
      return existing(chosen.get(), "The option");
    }
    String variable = System.getenv(VARIABLE);
    if (variable != null && !variable.isBlank()) {
      return existing(Path.of(variable), "The environment variable " + VARIABLE);
    }
    String path = System.getenv("PATH");
    return Stream.of(path == null ? "" : path)
        .flatMap(all -> Arrays.stream(all.split(File.pathSeparator, -1)))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, "ray"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(RayCommand::new)
        .orElseThrow(
            () ->
                new UnsupportedRuntimeException(
                    "No Ray found: there is no 'ray' in the PATH. Install it with"
                        + " 'pip install ray=="
                        + VERSION
                        + "', or name it by RayOptions.command or the environment variable "
                        + VARIABLE
                        + "."));
  }

  private static RayCommand existing(Path file, String who) {
    if (!Files.isExecutable(file)) {
      throw new UnsupportedRuntimeException(
          who + " names " + file + " as the ray command, which isn't an executable file.");
    }
    return new RayCommand(file.toAbsolutePath());
  }

  /**
   * Finds out whether it is the version that the Java library talks to; another one ends the
   * driver, or leaves it waiting.
   *
   * @throws UnsupportedRuntimeException if it isn't
   */
  public void requireVersion() {
    String reported = run();
    Matcher version = REPORTED.matcher(reported);
    if (!version.find()) {
      throw new UnsupportedRuntimeException(
          file + " --version doesn't name a version of Ray, but says: " + reported.strip());
    }
    if (!version.group(1).equals(VERSION)) {
      throw new UnsupportedRuntimeException(
          "%s is Ray %s, and this release works with %s only: install it with 'pip install ray==%s'."
              .formatted(file, version.group(1), VERSION, VERSION));
    }
  }

  private String run() {
    try {
      Process process =
          new ProcessBuilder(file.toString(), "--version")
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      try {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
          throw new UnsupportedRuntimeException(file + " --version doesn't end.");
        }
        return output;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UnsupportedRuntimeException("Can't run " + file + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnsupportedRuntimeException("Interrupted while asking for Ray's version.", e);
    }
  }
}
