package dev.geneva.internal.refresh;

import dev.geneva.RefreshRecord;
import dev.geneva.RefreshRecord.Outcome;
import dev.geneva.Stage;
import dev.geneva.internal.log.LogRecord;
import dev.geneva.internal.log.RefreshLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The refreshes in a view's log, the latest first.
 *
 * @param refreshes one for each that became the owner
 */
public record History(List<RefreshRecord> refreshes) {
  /** Copies the list. */
  public History {
    refreshes = List.copyOf(refreshes);
  }

  /** Reads a log. */
  public static History of(RefreshLog log) {
    boolean owned = log.isLocked();
    Map<String, LogRecord.Acquired> begun = new LinkedHashMap<>();
    Map<String, LogRecord> ended = new LinkedHashMap<>();
    for (LogRecord logRecord : log.records()) {
      if (logRecord instanceof LogRecord.Acquired acquired && acquired.engine() != null) {
        begun.put(acquired.refreshId(), acquired);
      } else if (logRecord instanceof LogRecord.Committed
          || logRecord instanceof LogRecord.Failed) {
        ended.put(logRecord.refreshId(), logRecord);
      }
    }
    List<RefreshRecord> refreshes = new ArrayList<>();
    for (LogRecord.Acquired acquired : begun.values()) {
      refreshes.add(refresh(acquired, Optional.ofNullable(ended.get(acquired.refreshId()))));
    }
    Collections.reverse(refreshes);
    // Only the latest can be at work, and only if somebody holds the lock.
    if (owned && !refreshes.isEmpty() && refreshes.get(0).outcome() == Outcome.ABANDONED) {
      refreshes.set(0, running(refreshes.get(0)));
    }
    return new History(refreshes);
  }

  /** The latest refresh. */
  public Optional<RefreshRecord> latest() {
    return refreshes.stream().findFirst();
  }

  private static RefreshRecord refresh(LogRecord.Acquired begun, Optional<LogRecord> ended) {
    LogRecord.Committed committed =
        ended.orElse(null) instanceof LogRecord.Committed c
            ? c
            : new LogRecord.Committed(begun.refreshId(), begun.at(), -1, 0, 0, 0, Map.of());
    Optional<LogRecord.Failed> failed =
        ended.filter(LogRecord.Failed.class::isInstance).map(LogRecord.Failed.class::cast);
    boolean landed = committed.viewVersion() >= 0;
    return new RefreshRecord(
        UUID.fromString(begun.refreshId()),
        landed
            ? Outcome.REFRESHED
            : failed
                .map(f -> f.cancelled() ? Outcome.CANCELLED : Outcome.FAILED)
                .orElse(Outcome.ABANDONED),
        begun.reason(),
        begun.owner(),
        Objects.requireNonNull(begun.engine()),
        Instant.parse(begun.at()),
        landed
            ? Optional.of(Instant.parse(committed.at()))
            : failed.map(f -> Instant.parse(f.at())),
        begun.sourceVersion(),
        landed ? OptionalLong.of(committed.viewVersion()) : OptionalLong.empty(),
        committed.rowsRead(),
        committed.rowsWritten(),
        committed.batchesWritten(),
        durations(failed.map(LogRecord.Failed::durations).orElse(committed.durations())),
        failed.map(LogRecord.Failed::cause));
  }

  private static Map<Stage, Duration> durations(Map<String, Long> millis) {
    Map<Stage, Duration> durations = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      Long value = millis.get(stage.name());
      if (value != null) {
        durations.put(stage, Duration.ofMillis(value));
      }
    }
    return durations;
  }

  private static RefreshRecord running(RefreshRecord refresh) {
    return new RefreshRecord(
        refresh.refreshId(),
        Outcome.RUNNING,
        refresh.reason(),
        refresh.owner(),
        refresh.engine(),
        refresh.startedAt(),
        refresh.endedAt(),
        refresh.sourceVersion(),
        refresh.viewVersion(),
        refresh.rowsRead(),
        refresh.rowsWritten(),
        refresh.batchesWritten(),
        refresh.durations(),
        refresh.cause());
  }
}
