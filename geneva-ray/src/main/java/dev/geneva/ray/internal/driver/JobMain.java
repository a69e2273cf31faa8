package dev.geneva.ray.internal.driver;

import dev.geneva.internal.json.Json;
import dev.geneva.ray.internal.job.ClusterRayEngine;
import dev.geneva.ray.internal.wire.Event;
import dev.geneva.ray.internal.wire.PlainError;
import dev.geneva.ray.internal.wire.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The driver as a job of a cluster. It does what a file in its working folder says, and ends;
 * events go to the job's log. If whoever submitted it dies, it finishes all the same.
 */
public final class JobMain {

  private static final long STOP_SECONDS = 2;
  private static final int LEAST_MILLIS = 1000;

  private JobMain() {}

  /** Runs one refresh. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    EventWriter events = EventWriter.standardOutput();
    AtomicInteger code = new AtomicInteger();
    List<String> order = takeOrder(Path.of(ClusterRayEngine.ORDER));
    try (RaySession session =
            RaySession.open((Request.Start) Json.read(order.get(0), Request.class));
        Driver driver = new Driver(session, throttled(events, code))) {
      Request.Refresh refresh = (Request.Refresh) Json.read(order.get(1), Request.class);
      Thread main = Thread.currentThread();
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(driver, refresh.id(), main), "geneva-stop"));
      driver.refresh(refresh);
      driver.awaitAll();
    } catch (RuntimeException | Error e) {
      events.write(new Event.Broken(PlainError.of(e)));
      code.set(1);
    }
    Runtime.getRuntime().halt(code.get());
  }

  private static List<String> takeOrder(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    Files.delete(file); // it may hold secrets
    return lines;
  }

  /** Told to stop by a signal; killed a little later. */
  private static void stop(Driver driver, long id, Thread main) {
    driver.cancel(id);
    // Now, and not by the shell at the end: it is killed, too. What was loaded from there stays.
    DriverMain.deleteOwnFolder();
    try {
      main.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Progress ever more seldom: a hundred times until now, and then as often in ten times as long.
   */
  private static java.util.function.Consumer<Event> throttled(
      EventWriter events, AtomicInteger code) {
    long begin = System.nanoTime();
    AtomicLong next = new AtomicLong();
    return event -> {
      if (event instanceof Event.Progress) {
        long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        long due = next.get();
        if (elapsed < due
            || !next.compareAndSet(due, elapsed + Math.max(LEAST_MILLIS, elapsed / 50))) {
          return;
        }
      }
      if (event instanceof Event.Failed) {
        code.set(1);
      }
      events.write(event);
    };
  }
}
