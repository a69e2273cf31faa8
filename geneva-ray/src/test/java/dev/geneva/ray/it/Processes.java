package dev.geneva.ray.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Processes that this one has started, and those that they have. */
final class Processes {

  private Processes() {}

  /** The driver. */
  static Optional<ProcessHandle> driver() {
    return running("DriverMain").findFirst();
  }

  /** The JVMs of workers. */
  static Stream<ProcessHandle> workers() {
    return ProcessHandle.current().descendants().filter(Processes::isWorker);
  }

  /** Also a raylet's command line names the workers' class: it starts them. */
  static boolean isWorker(ProcessHandle process) {
    return process.isAlive()
        && process.info().command().orElse("").endsWith("/java")
        && commandLine(process).contains("DefaultWorker");
  }

  /** The process {@code ray start}. */
  static Optional<ProcessHandle> head() {
    return running("--head").filter(process -> !isShell(process)).findFirst();
  }

  /** The folder of a private Ray that runs. */
  static Optional<Path> headFolder() {
    return head()
        .flatMap(
            process ->
                Stream.of(commandLine(process).split(" "))
                    .filter(argument -> argument.startsWith("--temp-dir="))
                    .map(argument -> Path.of(argument.substring("--temp-dir=".length())))
                    .findFirst());
  }

  /** The raylet. */
  static Optional<ProcessHandle> raylet() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/raylet"))
        .findFirst();
  }

  private static Stream<ProcessHandle> running(String word) {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> commandLine(process).contains(word));
  }

  private static boolean isShell(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("sh");
  }

  /** As Linux has it: Java cuts long ones off. */
  static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(
              Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
          .replace('\0', ' ');
    } catch (IOException e) {
      return ""; // it has ended
    }
  }
}
