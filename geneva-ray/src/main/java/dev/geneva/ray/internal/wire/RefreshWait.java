package dev.geneva.ray.internal.wire;

import dev.geneva.GenevaException;
import dev.geneva.RefreshProgress;
import dev.geneva.RefreshReport;
import dev.geneva.internal.run.Cancellation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a refresh that another process runs.
 *
 * @param progress told of it
 * @param cancellation asked while waiting
 * @param cancel asks the other process to stop
 */
public record RefreshWait(
    Consumer<RefreshProgress> progress, Cancellation cancellation, Runnable cancel) {

  /** Where events come from. */
  public interface Events {

    /** The next event; null if there is none yet. Waits a moment for one. */
    @Nullable Event next() throws InterruptedException;
  }

  /** Waits for the report, or throws the refresh's error. An interrupt cancels, and is kept. */
  public RefreshReport await(Events events) {
    boolean interrupted = false;
    boolean cancelled = false;
    try {
      while (true) {
        Event event = null;
        try {
          event = events.next();
        } catch (InterruptedException e) {
          interrupted = true;
          cancellation.request();
        }
        if (cancellation.isRequested() && !cancelled) {
          cancelled = true;
          cancel.run();
        }
        if (event instanceof Event.Progress told) {
          progress.accept(told.progress().progress());
        } else if (event instanceof Event.Done done) {
          return done.report().report();
        } else if (event instanceof Event.Failed failed) {
          throw thrown(failed.error().error());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException thrown(Throwable error) {
    if (error instanceof Error serious) {
      throw serious;
    }
    return error instanceof RuntimeException unchecked
        ? unchecked
        : new GenevaException("The refresh failed: " + error, error);
  }
}
