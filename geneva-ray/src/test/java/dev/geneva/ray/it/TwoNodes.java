package dev.geneva.ray.it;

import dev.geneva.ray.internal.folder.Folders;
import dev.geneva.ray.internal.head.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Ray of two nodes on this host, with a dashboard: each node is a raylet of its own, at a
 * loopback address of its own, so that it is known to which of them a driver belongs.
 */
public final class TwoNodes implements AutoCloseable {

  static final String FIRST = "127.0.0.1";
  static final String SECOND = "127.0.0.2";

  private final Path folder;
  private final List<Integer> ports = FreePorts.find(8);
  private final String address = "127.0.0.1:" + ports.get(0);
  private final URI dashboard = URI.create("http://127.0.0.1:" + ports.get(6));
  private final Map<String, String> headSettings;
  private final Map<String, String> secondSettings;
  private Process head;
  private Process second;

  private TwoNodes(Map<String, String> headSettings, Map<String, String> secondSettings)
      throws IOException {
    this.headSettings = headSettings;
    this.secondSettings = secondSettings;
    folder = Files.createTempDirectory(Path.of("/tmp"), "gtest");
  }

  /** Starts both nodes, each with so many CPUs. */
  public static TwoNodes start(int cpus) {
    return start(cpus, Map.of(), Map.of());
  }

  /**
   * Starts both nodes, each with so many CPUs.
   *
   * @param headSettings of the first one, by the names of Ray's environment variables
   * @param secondSettings of the second one
   */
  static TwoNodes start(
      int cpus, Map<String, String> headSettings, Map<String, String> secondSettings) {
    TwoNodes nodes = null;
    try {
      nodes = new TwoNodes(headSettings, secondSettings);
      nodes.addHead(cpus);
      nodes.addNode(cpus);
      TwoNodes started = nodes;
      nodes = null;
      return started;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      if (nodes != null) {
        nodes.close();
      }
    }
  }

  private void addHead(int cpus) throws IOException, InterruptedException {
    head =
        start(
            "head",
            ports,
            List.of(
                "--head",
                "--port=" + ports.get(0),
                "--num-cpus=" + cpus,
                "--object-store-memory=" + (80 << 20),
                "--temp-dir=" + folder,
                "--dashboard-host=127.0.0.1",
                "--dashboard-port=" + ports.get(6),
                "--disable-usage-stats"),
            headSettings);
  }

  /** Starts a node in place of one that is gone. */
  void addNode(int cpus) throws IOException, InterruptedException {
    second =
        start(
            "second",
            FreePorts.find(6),
            List.of(
                "--address=" + address,
                "--num-cpus=" + cpus,
                "--object-store-memory=" + (80 << 20)),
            secondSettings);
  }

  private Process start(
      String name, List<Integer> ports, List<String> more, Map<String, String> settings)
      throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of(
                ray().toString(),
                "start",
                "--block",
                "--node-ip-address=" + (name.equals("head") ? FIRST : SECOND),
                "--node-manager-port=" + ports.get(1),
                "--object-manager-port=" + ports.get(2),
                "--dashboard-agent-listen-port=" + ports.get(3),
                "--metrics-export-port=" + ports.get(4),
                "--runtime-env-agent-port=" + ports.get(5),
                "--min-worker-port=0",
                "--max-worker-port=0"));
    if (name.equals("head")) {
      line.add("--ray-client-server-port=" + ports.get(7));
    }
    line.addAll(more);
    Path log = folder.resolve(name + ".log");
    Files.deleteIfExists(log);
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("RAY_"));
    builder.environment().putAll(settings);
    builder
        .environment()
        .merge(
            "PATH",
            Path.of(System.getProperty("java.home"), "bin").toString(),
            (path, java) -> java + ":" + path);
    Process process = builder.start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!Files.exists(log) || !Files.readString(log).contains("Ray runtime started")) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        process.destroyForcibly();
        Path raylet = folder.resolve("session_latest").resolve("logs").resolve("raylet.err");
        throw new IllegalStateException(
            "Ray didn't start: "
                + Files.readString(log)
                + (Files.exists(raylet) ? Files.readString(raylet) : ""));
      }
    }
    return process;
  }

  /** The ray command that the build has installed. */
  static Path ray() {
    return Path.of(System.getenv("GENEVA_RAY"));
  }

  /** Whether the build has installed a Ray: not where there is no Python. */
  public static boolean isInstalled() {
    return Files.isExecutable(ray());
  }

  public String address() {
    return address;
  }

  public URI dashboard() {
    return dashboard;
  }

  /** Where Ray keeps its files. */
  Path folder() {
    return folder;
  }

  /** The second node's raylet. */
  ProcessHandle raylet() {
    return second
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/raylet"))
        .findFirst()
        .orElseThrow();
  }

  /** The JVMs of workers, on both nodes. */
  public List<ProcessHandle> workers() {
    return Stream.concat(head.descendants(), second.descendants())
        .filter(Processes::isWorker)
        .toList();
  }

  /** Those that have been started, the head last: it is to end last. */
  private List<Process> processes() {
    return Stream.of(second, head).filter(Objects::nonNull).toList();
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        processes().stream()
            .flatMap(node -> Stream.concat(node.descendants(), Stream.of(node.toHandle())))
            .toList();
    try {
      for (Process node : processes()) {
        node.destroy();
        node.waitFor(20, TimeUnit.SECONDS);
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
    Folders.delete(folder);
  }
}
