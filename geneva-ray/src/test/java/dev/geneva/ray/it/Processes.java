package dev.geneva.ray.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

  /**
   * The addresses at which processes of this one listen, as Linux writes them: hexadecimal, in
   * words whose bytes are in the order of the host.
   */
  static Set<String> listeningAt() throws IOException {
    Set<String> own =
        ProcessHandle.current()
            .descendants()
            .flatMap(Processes::sockets)
            .collect(Collectors.toSet());
    Set<String> addresses = new TreeSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] columns = line.trim().split("\\s+", -1);
        if (columns[3].equals("0A") && own.contains("socket:[" + columns[9] + "]")) {
          addresses.add(columns[1].substring(0, columns[1].indexOf(':')));
        }
      }
    }
    return addresses;
  }

  private static Stream<String> sockets(ProcessHandle process) {
    List<String> sockets = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/fd"))) {
      for (Path file : files) {
        sockets.add(Files.readSymbolicLink(file).toString());
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It has ended, or closed one.
    }
    return sockets.stream();
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
