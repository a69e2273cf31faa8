package dev.geneva.ray.internal.wire;

import dev.geneva.ExecutionMode;
import dev.geneva.RefreshReport;
import dev.geneva.SkippedPartition;
import dev.geneva.Stage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A report for another process; the components are the report's, durations in nanoseconds. */
public record PlainReport(
    RefreshReport.Status status,
    String reason,
    ExecutionMode mode,
    long sourceVersion,
    long viewVersion,
    long rowsRead,
    long rowsWritten,
    long batchesWritten,
    int partitionsTotal,
    int partitionsRun,
    int partitionsReused,
    int partitionsResumed,
    List<SkippedPartition> partitionsSkipped,
    long rowsUncovered,
    List<String> indicesLost,
    Map<String, Long> durations) {

  /** Takes a report apart. */
  public static PlainReport of(RefreshReport report) {
    Map<String, Long> durations = new TreeMap<>();
    report.durations().forEach((stage, time) -> durations.put(stage.name(), time.toNanos()));
    return new PlainReport(
        report.status(),
        report.reason(),
        report.mode(),
        report.sourceVersion(),
        report.viewVersion(),
        report.rowsRead(),
        report.rowsWritten(),
        report.batchesWritten(),
        report.partitionsTotal(),
        report.partitionsRun(),
        report.partitionsReused(),
        report.partitionsResumed(),
        report.partitionsSkipped(),
        report.rowsUncovered(),
        report.indicesLost(),
        durations);
  }

  /** Puts it together. */
  public RefreshReport report() {
    Map<Stage, Duration> times = new EnumMap<>(Stage.class);
    durations.forEach((stage, nanos) -> times.put(Stage.valueOf(stage), Duration.ofNanos(nanos)));
    return new RefreshReport(
        status,
        reason,
        mode,
        sourceVersion,
        viewVersion,
        rowsRead,
        rowsWritten,
        batchesWritten,
        partitionsTotal,
        partitionsRun,
        partitionsReused,
        partitionsResumed,
        partitionsSkipped,
        rowsUncovered,
        indicesLost,
        times);
  }
}
