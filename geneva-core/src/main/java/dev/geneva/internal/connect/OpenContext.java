package dev.geneva.internal.connect;

import dev.geneva.Engine;
import dev.geneva.EngineContext;
import dev.geneva.internal.remote.RefreshEngine;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The context of a connection, of which one can be open at a time. */
final class OpenContext implements EngineContext {

  private final AtomicReference<@Nullable OpenContext> place;
  private @Nullable RefreshEngine engine;

  private OpenContext(AtomicReference<@Nullable OpenContext> place) {
    this.place = place;
  }

  /** Opens a context in a place that must be free. */
  static OpenContext open(
      AtomicReference<@Nullable OpenContext> place, Supplier<RefreshEngine> start) {
    OpenContext context = new OpenContext(place);
    // The place first: starting an engine takes seconds, and a second one must not begin meanwhile.
    if (!place.compareAndSet(null, context)) {
      throw new IllegalStateException(
          "A context of this connection is open already; close it first.");
    }
    try {
      RefreshEngine started = start.get();
      synchronized (context) {
        context.engine = started;
      }
      return context;
    } catch (RuntimeException | Error e) {
      place.set(null);
      throw e;
    }
  }

  @Override
  public Engine engine() {
    return started();
  }

  synchronized RefreshEngine started() {
    if (engine == null) {
      throw new IllegalStateException("The connection's context isn't open yet, or not any more.");
    }
    return engine;
  }

  @Override
  public void close() {
    RefreshEngine closing;
    synchronized (this) {
      closing = engine;
      engine = null;
    }
    place.compareAndSet(this, null);
    if (closing != null) {
      closing.close();
    }
  }
}
