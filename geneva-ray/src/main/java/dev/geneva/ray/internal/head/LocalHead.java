package dev.geneva.ray.internal.head;

import dev.geneva.EngineLostException;
import dev.geneva.UnsupportedRuntimeException;
import dev.geneva.ray.RayOptions;
import dev.geneva.ray.internal.folder.Folders;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private Ray: head and only node, on ports of its own, for as long as this process lives.
 *
 * <p>A shell stands between: it ends Ray as soon as its standard input does, which the system sees
 * to if this process is killed. {@code ray stop} is never used: it ends every Ray of the host.
 */
public final class LocalHead implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalHead.class);

  private static final String STARTED = "Ray runtime started";
  private static final String ENDED = "Ray ended while it started.";
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
  private static final int ATTEMPTS = 3;

  /**
   * A Ray with its client's dependencies starts a server for it, on a port that every Ray has
   * unless told otherwise; one without them refuses to be told.
   */
  private static final String NO_CLIENT = "Ray Client requires pip package";

  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Ray runs what anybody tells it who reaches it. It replaces the loopback address by the host's
   * outward one, and then listens at all addresses, unless it is told that it isn't there for other
   * hosts; which this does on all systems, despite its name.
   */
  private static final String FOR_OTHER_HOSTS = "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER";

  /** The least that Ray takes; data never goes through its object store. */
  private static final long OBJECT_STORE_BYTES = 80L << 20;

  /**
   * Its own jobs are given /dev/null as standard input by the shell, hence the third descriptor.
   */
  private static final String GUARD =
      """
      exec 3<&0 </dev/null
      "$@" 3<&- &
      ray=$!
      ( cat <&3 >/dev/null 2>&1; kill -TERM "$ray" 2>/dev/null ) &
      guard=$!
      exec 3<&-
      wait "$ray"
      kill "$guard" 2>/dev/null
      for pause in 0 1 1 2 3 4; do
        sleep $pause
        rm -rf "$GENEVA_FOLDER" 2>/dev/null && [ ! -e "$GENEVA_FOLDER" ] && break
      done
      """;

  private final Process process;
  private final LogTail log = new LogTail();
  private final Path folder;
  private final String address;
  private final Optional<Path> logFolder;

  private LocalHead(Process process, Path folder, String address, Optional<Path> logFolder) {
    this.process = process;
    this.folder = folder;
    this.address = address;
    this.logFolder = logFolder;
  }

  /**
   * Starts a Ray, and waits until it takes work.
   *
   * @throws UnsupportedRuntimeException if Ray is missing or of another version
   * @throws EngineLostException if it doesn't start
   */
  public static LocalHead start(RayOptions options) {
    RayCommand command = RayCommand.find(options.command());
    command.requireVersion();
    boolean client = true;
    // Where somebody has taken one of its ports meanwhile, Ray says only that it timed out.
    for (int attempt = 1; ; attempt++) {
      try {
        return start(command, options, client);
      } catch (EngineLostException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains(NO_CLIENT)) {
          client = false;
        } else if (attempt >= ATTEMPTS || !message.startsWith(ENDED)) {
          throw e;
        }
      }
    }
  }

  private static LocalHead start(RayCommand command, RayOptions options, boolean client) {
    List<Integer> ports = FreePorts.find(8);
    LocalHead head = null;
    try {
      Path folder = shortFolder();
      head =
          new LocalHead(
              launch(command, options, client, ports, folder),
              folder,
              LOOPBACK + ":" + ports.get(0),
              options.logFolder());
      head.listen();
      head.awaitStart(options.startTimeout());
      LocalHead started = head;
      head = null;
      return started;
    } catch (IOException e) {
      throw new EngineLostException("Ray can't be started: " + e.getMessage(), e);
    } finally {
      if (head != null) {
        head.close();
      }
    }
  }

  /** Ray adds 62 characters to the path of a socket, of which the system takes 107. */
  private static Path shortFolder() throws IOException {
    Path preferred = Path.of(System.getProperty("java.io.tmpdir"));
    return preferred.toAbsolutePath().toString().length() <= 30
        ? Files.createTempDirectory(preferred.toAbsolutePath(), "gray")
        : Files.createTempDirectory(Path.of("/tmp"), "gray");
  }

  private static Process launch(
      RayCommand command, RayOptions options, boolean client, List<Integer> ports, Path folder)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "geneva-ray"));
    line.add(command.file().toString());
    line.addAll(
        List.of(
            "start",
            "--head",
            "--block",
            "--node-ip-address=" + LOOPBACK,
            "--port=" + ports.get(0),
            "--node-manager-port=" + ports.get(1),
            "--object-manager-port=" + ports.get(2),
            "--dashboard-agent-listen-port=" + ports.get(3),
            "--metrics-export-port=" + ports.get(4),
            "--runtime-env-agent-port=" + ports.get(5),
            "--min-worker-port=0",
            "--max-worker-port=0",
            "--include-dashboard=false",
            "--dashboard-port=" + ports.get(6),
            "--object-store-memory=" + OBJECT_STORE_BYTES,
            "--temp-dir=" + folder,
            "--disable-usage-stats"));
    if (client) {
      line.add("--ray-client-server-port=" + ports.get(7));
    }
    options.cpus().ifPresent(cpus -> line.add("--num-cpus=" + cpus));
    options.memoryBytes().ifPresent(bytes -> line.add("--memory=" + bytes));
    options.gpus().ifPresent(gpus -> line.add("--num-gpus=" + gpus));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("RAY_"));
    environment.put(FOR_OTHER_HOSTS, "0");
    environment.put("GENEVA_FOLDER", folder.toString());
    // Workers run the first java in the path: the one that this process runs.
    environment.merge(
        "PATH",
        Path.of(System.getProperty("java.home"), "bin").toString(),
        (path, java) -> java + File.pathSeparator + path);
    return builder.start();
  }

  private void listen() {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(log::add);
              } catch (IOException | UncheckedIOException e) {
                log.add(e.toString());
              }
            },
            "geneva-ray-head-log");
    thread.setDaemon(true);
    thread.start();
  }

  private void awaitStart(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!log.contains(STARTED)) {
      try {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
          throw new EngineLostException(ENDED + log.text());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EngineLostException("Interrupted while Ray started.", e);
      }
      if (System.nanoTime() > deadline) {
        throw new EngineLostException(
            "Ray didn't start in " + timeout.toSeconds() + " s." + log.text());
      }
    }
  }

  /** Host and port of its control service. */
  public String address() {
    return address;
  }

  /** What the JVM of a driver is told: else it looks for a node at the host's outward address. */
  public List<String> driverFlags() {
    return List.of("-Dray.node-ip=" + LOOPBACK);
  }

  /** Its folder, which is deleted when it ends. */
  public Path folder() {
    return folder;
  }

  /** Whether it lives. */
  public boolean isAlive() {
    return process.isAlive();
  }

  private void keepLogs(Path target) {
    Path logs = folder.resolve("session_latest").resolve("logs");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(logs, "*.{log,out,err}")) {
      Files.createDirectories(target);
      for (Path file : files) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      LOG.warn("Can't keep the logs of Ray in {}: {}", target, e.toString());
    }
  }

  /** Ends it with all its processes. Closing twice does nothing. */
  @Override
  public void close() {
    logFolder.ifPresent(this::keepLogs);
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
    long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
    boolean interrupted = false;
    while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    for (ProcessHandle left : all) {
      if (left.isAlive()) {
        LOG.warn("Process {} of Ray didn't end by itself", left.pid());
        left.destroyForcibly();
      }
    }
    Folders.delete(folder);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
