package dev.geneva.ray.internal;

import dev.geneva.EngineLostException;
import dev.geneva.GenevaException;
import dev.geneva.internal.json.Json;
import dev.geneva.ray.internal.folder.Folders;
import dev.geneva.ray.internal.head.LogTail;
import dev.geneva.ray.internal.wire.Event;
import dev.geneva.ray.internal.wire.Request;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A driver as a child of this process: it ends when its standard input does, and so with this
 * process. Thread-safe.
 */
final class DriverProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DriverProcess.class);

  private static final String MAIN = "dev.geneva.ray.internal.driver.DriverMain";
  private static final Duration END_TIMEOUT = Duration.ofSeconds(20);

  private final Process process;
  private final Path folder;
  private final LogTail tail = new LogTail();
  private final CompletableFuture<Event.Ready> ready = new CompletableFuture<>();
  private final Map<Long, Consumer<Event>> listeners = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();

  private volatile boolean broken;

  private DriverProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /**
   * Starts a driver, and waits until it is connected.
   *
   * @param java the JVM
   * @param flags its flags
   * @param classPath what it loads
   * @throws EngineLostException if it doesn't connect
   */
  static DriverProcess start(
      Path java,
      List<String> flags,
      List<String> classPath,
      Map<String, String> environment,
      Request.Start start,
      Duration timeout) {
    DriverProcess driver = null;
    try {
      Path folder = Files.createTempDirectory("geneva-driver-");
      List<String> line = new ArrayList<>();
      line.add(java.toString());
      line.addAll(flags);
      line.add("-Djava.io.tmpdir=" + folder);
      line.add("-cp");
      line.add(String.join(File.pathSeparator, classPath));
      line.add(MAIN);
      ProcessBuilder builder = new ProcessBuilder(line);
      builder.environment().keySet().removeIf(name -> name.startsWith("RAY_"));
      builder.environment().putAll(environment);
      driver = new DriverProcess(builder.start(), folder);
      driver.listen();
      driver.send(start);
      driver.awaitReady(timeout);
      DriverProcess started = driver;
      driver = null;
      return started;
    } catch (IOException e) {
      throw new EngineLostException("The Ray driver can't be started: " + e.getMessage(), e);
    } finally {
      if (driver != null) {
        driver.close();
      }
    }
  }

  private void listen() {
    thread("geneva-ray-driver-log", () -> readLines(process.errorReader(StandardCharsets.UTF_8)));
    thread(
        "geneva-ray-driver-events",
        () -> {
          readLines(process.inputReader(StandardCharsets.UTF_8));
          ended.complete(exitCode());
          EngineLostException lost = lost();
          ready.completeExceptionally(lost);
        });
  }

  private static void thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void readLines(BufferedReader lines) {
    try {
      @Nullable String line;
      while ((line = lines.readLine()) != null) {
        Event event = Event.in(line).orElse(null);
        if (event == null) {
          tail.add(line);
          LOG.debug("driver: {}", line);
        } else {
          accept(event);
        }
      }
    } catch (IOException e) {
      tail.add(e.toString());
    }
  }

  private void accept(Event event) {
    if (event instanceof Event.Ready is) {
      ready.complete(is);
    } else if (event instanceof Event.Broken because) {
      broken = true;
      Throwable error = because.error().error();
      ready.completeExceptionally(
          error instanceof GenevaException
              ? error
              : new EngineLostException("The Ray driver can't connect: " + error, error));
    } else if (event instanceof Event.Progress progress) {
      tell(progress.id(), event);
    } else if (event instanceof Event.Done done) {
      tell(done.id(), event);
    } else if (event instanceof Event.Failed failed) {
      tell(failed.id(), event);
    } else if (event instanceof Event.Seen seen) {
      tell(seen.id(), event);
    }
  }

  private void tell(long id, Event event) {
    Consumer<Event> listener = listeners.get(id);
    if (listener != null) {
      listener.accept(event);
    }
  }

  private void awaitReady(Duration timeout) {
    try {
      ready.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GenevaException known) {
        throw known;
      }
      throw new EngineLostException("The Ray driver can't connect: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new EngineLostException(
          "The Ray driver didn't connect in " + timeout.toSeconds() + " s." + tail.text(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineLostException("Interrupted while the Ray driver connected.", e);
    }
  }

  /** A number for a request, whose events a listener gets from now on. */
  long register(Consumer<Event> listener) {
    long id = ids.incrementAndGet();
    listeners.put(id, listener);
    return id;
  }

  void unregister(long id) {
    listeners.remove(id);
  }

  /**
   * Sends a request.
   *
   * @throws EngineLostException if the driver has ended
   */
  void send(Request request) {
    byte[] line = (Json.write(request) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      OutputStream input = process.getOutputStream();
      synchronized (input) {
        input.write(line);
        input.flush();
      }
    } catch (IOException e) {
      throw lost();
    }
  }

  /** Whether it takes no requests any more, as it said. */
  boolean isBroken() {
    return broken;
  }

  boolean isAlive() {
    return process.isAlive() && !ended.isDone();
  }

  /** Completes after the last event, with the exit code. */
  CompletableFuture<Integer> ended() {
    return ended.copy();
  }

  /** The error for whoever waits for a driver that has ended. */
  EngineLostException lost() {
    return new EngineLostException(
        "The Ray driver ended with exit code %d before the refresh did; the view is as it was, or whole anew. Refresh again.%s"
            .formatted(exitCode(), tail.text()));
  }

  private int exitCode() {
    try {
      return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  long pid() {
    return process.pid();
  }

  /** Ends it at once, where it has nothing any more from which to take leave. */
  void kill() {
    process.destroyForcibly();
  }

  /** Ends it: it cancels what is under way. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
    boolean interrupted = false;
    long deadline = System.nanoTime() + END_TIMEOUT.toNanos();
    while (process.isAlive()) {
      try {
        if (!process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    Folders.delete(folder);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
