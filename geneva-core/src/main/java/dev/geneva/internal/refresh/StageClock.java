package dev.geneva.internal.refresh;

import dev.geneva.Stage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Measures the stages of one refresh. Thread-safe. */
final class StageClock {

  private final long begin = System.nanoTime();
  private final Map<Stage, Duration> ended = new EnumMap<>(Stage.class);
  private Stage stage = Stage.INSPECT;
  private long stageBegin = begin;

  /** Ends the present stage and begins another. */
  synchronized void enter(Stage next) {
    end();
    stage = next;
    stageBegin = System.nanoTime();
  }

  private void end() {
    ended.merge(stage, Duration.ofNanos(System.nanoTime() - stageBegin), Duration::plus);
  }

  /** The present stage. */
  synchronized Stage stage() {
    return stage;
  }

  /** Since the refresh began. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** How long each stage took, the present one until now. */
  synchronized Map<Stage, Duration> durations() {
    Map<Stage, Duration> all = new EnumMap<>(ended);
    all.merge(stage, Duration.ofNanos(System.nanoTime() - stageBegin), Duration::plus);
    return all;
  }

  /** The same in milliseconds, for the log. */
  Map<String, Long> millis() {
    Map<String, Long> millis = new TreeMap<>();
    durations().forEach((name, duration) -> millis.put(name.name(), duration.toMillis()));
    return millis;
  }
}
