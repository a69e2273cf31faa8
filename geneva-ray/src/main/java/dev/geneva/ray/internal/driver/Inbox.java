package dev.geneva.ray.internal.driver;

import dev.geneva.ray.internal.wire.PlainError;
import dev.geneva.ray.internal.wire.WorkerMessage.Poll;
import dev.geneva.ray.internal.wire.WorkerMessage.Report;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The reports of one worker: each is remembered once, in order, and then acknowledged. Used by one
 * thread.
 */
final class Inbox {

  private long acknowledged;
  private @Nullable PlainError refused;

  /**
   * Remembers reports. What was already is among them again, if it wasn't acknowledged in time.
   *
   * @param remember throws if that isn't possible: then the worker is told, and nothing that
   *     follows is remembered
   */
  void take(List<Report> reports, Consumer<Report> remember) {
    for (Report report : reports) {
      if (report.number() > acknowledged && refused == null) {
        try {
          remember.accept(report);
          acknowledged = report.number();
        } catch (RuntimeException e) {
          refused = PlainError.of(e); // the worker throws it
        }
      }
    }
  }

  /**
   * What the next look at the worker tells it.
   *
   * @param stop whether it shall begin no other task
   * @param patienceMillis how long it may wait for something to report
   */
  Poll poll(boolean stop, long patienceMillis) {
    return new Poll(acknowledged, refused, stop, patienceMillis);
  }
}
