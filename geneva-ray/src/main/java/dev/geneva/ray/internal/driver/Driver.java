package dev.geneva.ray.internal.driver;

import dev.geneva.Connection;
import dev.geneva.ConnectionOptions;
import dev.geneva.Geneva;
import dev.geneva.RefreshHandle;
import dev.geneva.RefreshOptions;
import dev.geneva.RefreshReport;
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
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Refreshes views on Ray, several at a time, and tells what happens. Thread-safe. */
final class Driver implements AutoCloseable {

  private static final long GRACE_SECONDS = 10;

  private final RaySession session;
  private final Consumer<Event> events;
  private final Map<Place, OpenPlace> places = new HashMap<>();
  private final UntoldRefreshes refreshes = new UntoldRefreshes();

  Driver(RaySession session, Consumer<Event> events) {
    this.session = session;
    this.events = events;
  }

  /** A database with a set of functions. */
  private record Place(PlainDatabase database, List<String> jars) {}

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
      refreshes.add(request.id(), handle, (report, error) -> tell(request.id(), report, error));
    } catch (RuntimeException | Error e) {
      events.accept(new Event.Failed(request.id(), PlainError.of(e)));
    }
  }

  private void tell(long id, @Nullable RefreshReport report, @Nullable Throwable error) {
    if (error == null) {
      events.accept(new Event.Done(id, PlainReport.of(Objects.requireNonNull(report))));
      return;
    }
    PlainError plain = PlainError.of(unwrapped(error));
    if (session.isLost()) {
      // First, so that whoever is told of the failure gets another driver.
      events.accept(new Event.Broken(plain));
    }
    events.accept(new Event.Failed(id, plain));
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
    refreshes.cancel(id);
  }

  /** Waits until the ends of all refreshes are told. */
  void awaitAll() throws InterruptedException {
    refreshes.awaitAll();
  }

  /** Cancels what is under way, and waits a while for it. */
  @Override
  public void close() {
    refreshes.cancelAll();
    try {
      refreshes.awaitAll(TimeUnit.SECONDS.toNanos(GRACE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
