package dev.geneva.ray.internal;

import dev.geneva.EngineLostException;
import dev.geneva.RefreshCancelledException;
import dev.geneva.RefreshProgress;
import dev.geneva.RefreshReport;
import dev.geneva.internal.remote.DistributedEngine.Room;
import dev.geneva.internal.remote.RefreshEngine;
import dev.geneva.internal.remote.RefreshOrder;
import dev.geneva.internal.run.Cancellation;
import dev.geneva.ray.RayEngine;
import dev.geneva.ray.RayOptions;
import dev.geneva.ray.internal.head.LocalHead;
import dev.geneva.ray.internal.jvm.JvmFlags;
import dev.geneva.ray.internal.wire.Event;
import dev.geneva.ray.internal.wire.PlainDatabase;
import dev.geneva.ray.internal.wire.PlainOptions;
import dev.geneva.ray.internal.wire.RefreshWait;
import dev.geneva.ray.internal.wire.Request;
import dev.geneva.udtf.Resources;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine on a Ray of which this host is a node: a private one, or one that runs already. Head
 * and driver live as long as the engine; one that has died is replaced by the next refresh.
 */
final class LocalRayEngine implements RayEngine, RefreshEngine {

  private static final long POLL_MILLIS = 50;

  private final RayOptions options;
  private @Nullable LocalHead head;
  private @Nullable DriverProcess driver;
  private boolean closed;

  private LocalRayEngine(RayOptions options) {
    this.options = options;
  }

  /** Starts an engine; fails if that isn't possible. */
  static LocalRayEngine start(RayOptions options) {
    LocalRayEngine engine = new LocalRayEngine(options);
    boolean started = false;
    try {
      DriverProcess ignored = engine.driver();
      started = true;
      return engine;
    } finally {
      if (!started) {
        engine.close();
      }
    }
  }

  @Override
  public String name() {
    return "ray";
  }

  /** The driver, which lives; it and the head are started anew if need be. */
  private synchronized DriverProcess driver() {
    if (closed) {
      throw new IllegalStateException("The Ray engine is closed.");
    }
    if ((head != null && !head.isAlive()) || (driver != null && driver.isBroken())) {
      // A private Ray has one node and ends with it, but not at once, and the driver would wait.
      if (driver != null) {
        driver.kill();
      }
      stop();
    }
    if (driver != null && !driver.isAlive()) {
      driver.close();
      driver = null;
    }
    if (driver == null) {
      String address = options.address().orElse(null);
      if (address == null) {
        if (head == null) {
          head = LocalHead.start(options);
        }
        address = head.address();
      } else {
        Reachable.require(address);
      }
      driver = start(address);
    }
    return driver;
  }

  private DriverProcess start(String address) {
    List<String> classPath =
        options
            .classPath()
            .orElseGet(
                () ->
                    Arrays.asList(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1)));
    List<String> absolute =
        classPath.stream().map(entry -> Path.of(entry).toAbsolutePath().toString()).toList();
    List<String> flags = new ArrayList<>(JvmFlags.ofThisJava());
    if (head != null) {
      flags.addAll(head.driverFlags());
    }
    return DriverProcess.start(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        flags,
        absolute,
        options.environment(),
        new Request.Start(address, absolute, options.jvmOptions(), options.environment()),
        options.startTimeout());
  }

  @Override
  public RefreshReport refresh(
      RefreshOrder order, Consumer<RefreshProgress> progress, Cancellation cancellation) {
    DriverProcess running = driver();
    BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    long id = running.register(events::add);
    try {
      running.send(
          new Request.Refresh(
              id,
              PlainDatabase.of(order.database()),
              order.view(),
              PlainOptions.of(order.options()),
              List.of()));
      return new RefreshWait(progress, cancellation, () -> running.send(new Request.Cancel(id)))
          .await(() -> next(running, events));
    } finally {
      running.unregister(id);
    }
  }

  @Override
  public Room room(String udtf, Resources resources) {
    DriverProcess running = driver();
    BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    long id = running.register(events::add);
    try {
      running.send(new Request.Look(id));
      while (true) {
        Event event = next(running, events);
        if (event instanceof Event.Seen seen) {
          return seen.nodes().room(udtf, resources);
        } else if (event instanceof Event.Failed failed) {
          throw new EngineLostException("Ray doesn't say what it has.", failed.error().error());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineLostException("Interrupted while Ray was asked for what it has.", e);
    } finally {
      running.unregister(id);
    }
  }

  /** The next event; null if there is none yet. */
  private @Nullable Event next(DriverProcess running, BlockingQueue<Event> events)
      throws InterruptedException {
    boolean over = running.ended().isDone() || isHeadLost();
    Event event = events.poll(over ? 0 : POLL_MILLIS, TimeUnit.MILLISECONDS);
    if (event == null && over) {
      synchronized (this) {
        if (closed) {
          throw new RefreshCancelledException("The Ray engine was closed; the view is as it was.");
        }
      }
      if (running.ended().isDone()) {
        throw running.lost();
      }
      throw new EngineLostException("Ray ended before the refresh did. Refresh again.");
    }
    return event;
  }

  private synchronized boolean isHeadLost() {
    return head != null && !head.isAlive();
  }

  private synchronized void stop() {
    if (driver != null) {
      driver.close();
      driver = null;
    }
    if (head != null) {
      head.close();
      head = null;
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    stop();
  }
}
