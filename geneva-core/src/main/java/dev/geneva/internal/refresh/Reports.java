package dev.geneva.internal.refresh;

import dev.geneva.ExecutionMode;
import dev.geneva.RefreshReport;
import dev.geneva.SkippedPartition;
import dev.geneva.Stage;
import dev.geneva.internal.commit.StagedOutput;
import dev.geneva.internal.inspect.Inspection;
import dev.geneva.internal.plan.ExecutionPlan;
import dev.geneva.internal.plan.FinishedGroup.Origin;
import dev.geneva.internal.run.PartitionResult;
import dev.geneva.internal.view.Sidecar;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes reports. */
final class Reports {

  private Reports() {}

  /** The report of a refresh that committed. */
  static RefreshReport refreshed(
      Inspection inspection,
      ExecutionPlan plan,
      StagedOutput output,
      long viewVersion,
      List<String> indicesLost,
      Map<Stage, Duration> durations) {
    List<SkippedPartition> skipped =
        output.results().stream()
            .flatMap(
                partition ->
                    partition.skippedBecause().stream().map(cause -> skipped(partition, cause)))
            .toList();
    return new RefreshReport(
        RefreshReport.Status.REFRESHED,
        inspection.reason(),
        plan.mode(),
        plan.job().sourceVersion(),
        viewVersion,
        output.results().stream().mapToLong(PartitionResult::rowsRead).sum(),
        output.results().stream().mapToLong(PartitionResult::rowsWritten).sum()
            + resumed(plan).mapToLong(Sidecar.Entry::rows).sum(),
        output.results().stream().mapToLong(PartitionResult::batchesWritten).sum()
            + resumed(plan).mapToLong(Sidecar.Entry::batches).sum(),
        plan.partitionsTotal(),
        plan.partitionsToRun(),
        plan.partitionsFrom(Origin.VIEW),
        plan.partitionsFrom(Origin.INTERRUPTED_REFRESH),
        skipped,
        plan.rowsUncovered(),
        indicesLost,
        durations);
  }

  private static Stream<Sidecar.Entry> resumed(ExecutionPlan plan) {
    return plan.finished().stream()
        .filter(group -> group.origin() == Origin.INTERRUPTED_REFRESH)
        .flatMap(group -> group.partitions().stream());
  }

  private static SkippedPartition skipped(PartitionResult partition, String cause) {
    return new SkippedPartition(
        partition.partition().key().map(Object::toString).orElse("all rows"),
        partition.attempts(),
        cause);
  }

  /** The report of a refresh that found nothing to do. */
  static RefreshReport upToDate(
      String reason,
      ExecutionMode mode,
      long sourceVersion,
      long viewVersion,
      int partitions,
      Map<Stage, Duration> durations) {
    return new RefreshReport(
        RefreshReport.Status.UP_TO_DATE,
        reason,
        mode,
        sourceVersion,
        viewVersion,
        0,
        0,
        0,
        partitions,
        0,
        partitions,
        0,
        List.of(),
        0,
        List.of(),
        durations);
  }
}
