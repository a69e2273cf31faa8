package dev.geneva.ray.internal.driver;

import dev.geneva.Connection;
import dev.geneva.ConnectionOptions;
import dev.geneva.Geneva;
import dev.geneva.RefreshHandle;
import dev.geneva.RefreshOptions;
import dev.geneva.UdtfView;
import dev.geneva.internal.connect.WorkerDatabase;
import dev.geneva.ray.internal.jars.JarLoader;
import dev.geneva.ray.internal.wire.Event;
import dev.geneva.ray.internal.wire.PlainDatabase;
import dev.geneva.ray.internal.wire.PlainError;
import dev.geneva.ray.internal.wire.PlainProgress;
import dev.geneva.ray.internal.wire.PlainReport;
import dev.geneva.ray.internal.wire.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Refreshes views on Ray, several at a time, and tells what happens. Thread-safe. */
final class Driver implements AutoCloseable {

  private static final long GRACE_SECONDS = 10;

  private final RaySession session;
  private final Consumer<Event> events;
  private final Map<Place, OpenPlace> places = new HashMap<>();
  private final Map<Long, Running> refreshes = new ConcurrentHashMap<>();

  Driver(RaySession session, Consumer<Event> events) {
    this.session = session;
    this.events = events;
  }

  /** A database with a set of functions. */
  private record Place(PlainDatabase database, List<String> jars) {}

  /**
   * A refresh whose end isn't told yet.
   *
   * @param told completes once it is; the handle's own future may complete before
   */
  private record Running(RefreshHandle handle, CompletableFuture<Void> told) {}

  /** The same, open: so that an unchanged view is known to be that. */
  private record OpenPlace(Connection connection, JarLoader loader, Map<String, UdtfView> views) {}

  /** Begins a refresh; its end is an event. */
  void refresh(Request.Refresh request) {
    try {
      OpenPlace place = open(new Place(request.database(), request.jars()));
      RefreshOptions options =
          request.options().toBuilder()
              .on(new DriverEngine(session, request.database(), request.jars()))
              .listener(
                  progress ->
                      events.accept(new Event.Progress(request.id(), PlainProgress.of(progress))))
              .build();
      RefreshHandle handle =
          place.loader().call(() -> view(place, request.view()).refreshAsync(options));
      CompletableFuture<Void> told = new CompletableFuture<>();
      refreshes.put(request.id(), new Running(handle, told));
      var ignored =
          handle
              .toCompletableFuture()
              .whenComplete(
                  (report, error) -> {
                    try {
                      if (error != null && session.isLost()) {
                        // First, so that whoever is told of the failure gets another driver.
                        events.accept(new Event.Broken(PlainError.of(unwrapped(error))));
                      }
                      events.accept(
                          error == null
                              ? new Event.Done(request.id(), PlainReport.of(report))
                              : new Event.Failed(request.id(), PlainError.of(unwrapped(error))));
                    } finally {
                      refreshes.remove(request.id());
                      told.complete(null);
                    }
                  });
    } catch (RuntimeException | Error e) {
      events.accept(new Event.Failed(request.id(), PlainError.of(e)));
    }
  }

  /** The future is a copy of another one, which wraps errors. */
  private static Throwable unwrapped(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }

  private synchronized OpenPlace open(Place place) {
    return places.computeIfAbsent(
        place,
        key -> {
          ConnectionOptions options = key.database().options();
          try (WorkerDatabase database = WorkerDatabase.open(options)) {
            return new OpenPlace(
                Geneva.builder(options.uri())
                    .storageOptions(options.storageOptions())
                    .localCapacity(options.localCapacity())
                    .syncToDisk(options.syncToDisk())
                    .leasePeriod(options.leasePeriod())
                    .connect(),
                JarLoader.of(database, key.jars()),
                new ConcurrentHashMap<>());
          }
        });
  }

  private static UdtfView view(OpenPlace place, String name) {
    return place.views().computeIfAbsent(name, place.connection()::openUdtfView);
  }

  /** Looks at the cluster; what it sees is an event. */
  void look(long id) {
    try {
      events.accept(new Event.Seen(id, session.nodes()));
    } catch (RuntimeException e) {
      events.accept(new Event.Failed(id, PlainError.of(e)));
    }
  }

  void cancel(long id) {
    Running running = refreshes.get(id);
    if (running != null) {
      running.handle().cancel();
    }
  }

  /** Waits until the ends of all refreshes are told: whoever ends this process has to. */
  void awaitAll() throws InterruptedException {
    for (Running running : List.copyOf(refreshes.values())) {
      try {
        running.told().get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("It completes without an error", e);
      }
    }
  }

  /** Cancels what is under way, and waits a while for it. */
  @Override
  public void close() {
    List<Running> left = List.copyOf(refreshes.values());
    left.forEach(running -> running.handle().cancel());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
    for (Running running : left) {
      try {
        running.told().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (ExecutionException | TimeoutException e) {
        // It has ended, or ends with this process.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
