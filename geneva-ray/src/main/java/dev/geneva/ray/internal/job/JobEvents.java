package dev.geneva.ray.internal.job;

import dev.geneva.EngineLostException;
import dev.geneva.RefreshCancelledException;
import dev.geneva.ray.internal.wire.Event;
import dev.geneva.ray.internal.wire.RefreshWait;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a job tells, by its log, which is read again and again. The driver tells of its progress
 * ever more seldom, so that the log stays short. Used by one thread.
 */
final class JobEvents implements RefreshWait.Events {

  private static final Logger LOG = LoggerFactory.getLogger(JobEvents.class);

  private static final long SHORTEST_MILLIS = 300;
  private static final long LONGEST_MILLIS = 5000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Dashboard dashboard;
  private final String id;
  private final long begin = System.nanoTime();
  private final Deque<Event> found = new ArrayDeque<>();
  private int read;
  private boolean stopped;
  private long lastAnswer = begin;

  JobEvents(Dashboard dashboard, String id) {
    this.dashboard = dashboard;
    this.id = id;
  }

  @Override
  public @Nullable Event next() throws InterruptedException {
    if (found.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(pause());
      Dashboard.Status status = look();
      if (found.isEmpty() && status != null && status.isOver()) {
        throw over(status);
      }
    }
    return found.poll();
  }

  private long pause() {
    long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    return Math.max(SHORTEST_MILLIS, Math.min(LONGEST_MILLIS, elapsed / 100));
  }

  /** Null if the dashboard is away, which may pass. */
  private Dashboard.@Nullable Status look() {
    try {
      // The status first: if the job is over by then, its log is complete.
      Dashboard.Status status = dashboard.status(id);
      String log = dashboard.logs(id);
      int end = log.lastIndexOf('\n') + 1;
      if (end > read) {
        log.substring(read, end).lines().forEach(this::accept);
        read = end;
      }
      lastAnswer = System.nanoTime();
      return status;
    } catch (EngineLostException e) {
      if (System.nanoTime() - lastAnswer > PATIENCE.toNanos()) {
        throw new EngineLostException(
            "Job %s was lost sight of: %s It may finish all the same; history() shows it."
                .formatted(id, e.getMessage()),
            e);
      }
      return null;
    }
  }

  private void accept(String line) {
    Event event = Event.in(line).orElse(null);
    if (event == null) {
      LOG.debug("{}: {}", id, line);
    } else if (event instanceof Event.Broken broken) {
      found.add(new Event.Failed(1, broken.error()));
    } else if (!(event instanceof Event.Ready)) {
      found.add(event);
    }
  }

  private RuntimeException over(Dashboard.Status status) {
    if (stopped) {
      return new RefreshCancelledException("The refresh was cancelled; the view is as it was.");
    }
    return new EngineLostException(
        "Job %s ended (%s) before the refresh did: %s"
            .formatted(id, status.status(), status.message().strip()));
  }

  /** Asks the job to stop. */
  void stop() {
    stopped = true;
    dashboard.stop(id);
  }
}
