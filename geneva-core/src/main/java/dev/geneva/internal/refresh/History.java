package dev.geneva.internal.refresh;

import dev.geneva.RefreshRecord;
import dev.geneva.RefreshRecord.Outcome;
import dev.geneva.Stage;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.log.LogRecord;
import dev.geneva.internal.log.RefreshLog;
import dev.geneva.internal.view.CommittedState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
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

  /**
   * Reads a log.
   *
   * @param view the view's latest version, which tells of a commit whose owner died before it could
   *     say so
   */
  public static History of(RefreshLog log, LanceDataset view) {
    Map<String, LogRecord.Acquired> begun = new LinkedHashMap<>();
    Map<String, LogRecord> ended = new LinkedHashMap<>();
    Map<String, String> lastHeard = new HashMap<>();
    for (LogRecord logRecord : log.records()) {
      if (logRecord instanceof LogRecord.Acquired acquired && acquired.engine() != null) {
        begun.put(acquired.refreshId(), acquired);
        lastHeard.put(acquired.refreshId(), acquired.at());
      } else if (logRecord instanceof LogRecord.Heartbeat heartbeat) {
        lastHeard.put(heartbeat.refreshId(), heartbeat.at());
      } else if (logRecord instanceof LogRecord.Committed
          || logRecord instanceof LogRecord.Failed) {
        ended.put(logRecord.refreshId(), logRecord);
      }
    }
    landed(view, begun).ifPresent(landed -> ended.putIfAbsent(landed.refreshId(), landed));
    List<RefreshRecord> refreshes = new ArrayList<>();
    for (LogRecord.Acquired acquired : begun.values()) {
      refreshes.add(refresh(acquired, Optional.ofNullable(ended.get(acquired.refreshId()))));
    }
    Collections.reverse(refreshes);
    // Only the latest can be at work.
    if (!refreshes.isEmpty() && refreshes.get(0).outcome() == Outcome.ABANDONED) {
      String id = refreshes.get(0).refreshId().toString();
      LogRecord.Acquired owner = Objects.requireNonNull(begun.get(id));
      if (lives(owner, Objects.requireNonNull(lastHeard.get(id)), log)) {
        refreshes.set(0, running(refreshes.get(0)));
      }
    }
    return new History(refreshes);
  }

  /** What a refresh would have recorded that committed, but died before it could. */
  private static Optional<LogRecord> landed(
      LanceDataset view, Map<String, LogRecord.Acquired> begun) {
    return CommittedState.of(view)
        .filter(state -> begun.containsKey(state.refreshId()))
        .map(
            state ->
                new LogRecord.Committed(
                    state.refreshId(),
                    view.committedAt().toString(),
                    view.version(),
                    0,
                    view.countRows(Optional.empty()),
                    0,
                    Map.of()));
  }

  /**
   * Where a lock tells, it does. An owner elsewhere is dead for the eyes of people if nothing was
   * heard of it for two lease periods, by its clock and ours; to take over, ours alone decides.
   */
  private static boolean lives(LogRecord.Acquired owner, String lastHeard, RefreshLog log) {
    if (owner.domain().equals(log.domain())) {
      return log.isLocked();
    }
    Duration silence = Duration.between(Instant.parse(lastHeard), Instant.now());
    return silence.toMillis() < 2 * owner.leaseMillis();
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
