package dev.geneva.internal.refresh;

import dev.geneva.CommitStateUnknownException;
import dev.geneva.ExecutionMode;
import dev.geneva.GenevaException;
import dev.geneva.RefreshCancelledException;
import dev.geneva.RefreshInProgressException;
import dev.geneva.RefreshReport;
import dev.geneva.SkippedPartition;
import dev.geneva.Stage;
import dev.geneva.StorageException;
import dev.geneva.internal.commit.StagedOutput;
import dev.geneva.internal.commit.ViewCommit;
import dev.geneva.internal.inspect.Inspection;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.log.LogRecord;
import dev.geneva.internal.log.RefreshLog;
import dev.geneva.internal.plan.ExecutionPlan;
import dev.geneva.internal.run.Cancellation;
import dev.geneva.internal.run.PartitionResult;
import dev.geneva.internal.run.SkipCount;
import dev.geneva.internal.run.TaskEngine;
import dev.geneva.internal.run.TaskResult;
import dev.geneva.internal.run.Workplace;
import dev.geneva.internal.view.CommittedState;
import dev.geneva.internal.view.Sidecar;
import java.time.Instant;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs and commits a plan, as the owner of the view's log. Used once, by one thread. */
public final class Refresh {

  private static final Logger LOG = LoggerFactory.getLogger(Refresh.class);

  private final LanceStorage storage;
  private final RefreshLog log;
  private final BufferAllocator allocator;
  private final boolean syncToDisk;
  private final ProgressReporter progress;
  private final Cancellation cancellation;

  /**
   * Prepares a refresh.
   *
   * @param log the view's
   * @param allocator for batches on their way to the storage; remains the caller's
   */
  public Refresh(
      LanceStorage storage,
      RefreshLog log,
      BufferAllocator allocator,
      boolean syncToDisk,
      ProgressReporter progress,
      Cancellation cancellation) {
    this.storage = storage;
    this.log = log;
    this.allocator = allocator;
    this.syncToDisk = syncToDisk;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /**
   * Runs and commits.
   *
   * @param ownership of the view's log; remains the caller's to give up
   * @param engineName where the tasks run, for the record
   * @param concurrency the most tasks at a time
   */
  public RefreshReport execute(
      RefreshLog.Ownership ownership,
      Inspection inspection,
      ExecutionPlan plan,
      TaskEngine engine,
      String engineName,
      int concurrency) {
    String refreshId = plan.job().refreshId();
    LogRecord.Acquired acquired =
        new LogRecord.Acquired(
            refreshId,
            Owner.description(),
            engineName,
            Instant.now().toString(),
            inspection.reason(),
            plan.job().sourceVersion());
    if (!ownership.tryAppend(acquired)) {
      throw inProgress(plan.job().view(), log);
    }
    try {
      List<TaskResult> results = run(inspection, plan, engine, concurrency);
      StagedOutput output =
          StagedOutput.of(results, plan.reused(), inspection.view().stagedFiles());
      return commit(inspection, plan, output, ownership);
    } catch (RuntimeException | Error e) {
      ended(ownership, refreshId, e);
      throw e;
    }
  }

  /** The error for whoever finds the view owned by somebody else. */
  public static RefreshInProgressException inProgress(String view, RefreshLog log) {
    String owner =
        History.of(log)
            .latest()
            .map(refresh -> refresh.owner() + ", since " + refresh.startedAt())
            .orElse("somebody else");
    return new RefreshInProgressException(
        "View '" + view + "' is being refreshed by " + owner + ".");
  }

  private List<TaskResult> run(
      Inspection inspection, ExecutionPlan plan, TaskEngine engine, int concurrency) {
    progress.enterRun(plan);
    try (BufferAllocator batches =
        allocator.newChildAllocator("refresh of " + plan.job().view(), 0, Long.MAX_VALUE)) {
      Workplace workplace =
          new Workplace(
              plan.ordinals(),
              storage,
              inspection.source(),
              batches,
              syncToDisk,
              progress.counters(),
              new SkipCount(plan.partitionsTotal()),
              cancellation);
      return engine.run(plan.job(), plan.passes(), concurrency, workplace);
    } finally {
      progress.close();
    }
  }

  private RefreshReport commit(
      Inspection inspection,
      ExecutionPlan plan,
      StagedOutput output,
      RefreshLog.Ownership ownership) {
    String refreshId = plan.job().refreshId();
    progress.enter(Stage.COMMIT);
    CommittedState state =
        new CommittedState(
            inspection.committed().map(CommittedState::generation).orElse(0L) + 1,
            refreshId,
            inspection.identity(),
            Sidecar.name(refreshId),
            plan.partitionsTotal(),
            output.skipped());
    long viewVersion;
    try {
      cancellation.check();
      log.putSidecar(Sidecar.name(refreshId), output.sidecar(refreshId).toBytes());
      try (LanceDataset committed =
          new ViewCommit(storage, syncToDisk)
              .commit(inspection.view(), inspection.definition(), output, state)) {
        viewVersion = committed.version();
      }
    } catch (CommitStateUnknownException | StorageException e) {
      throw e; // the files may be part of the view
    } catch (RuntimeException | Error e) {
      discard(ownership, plan, output);
      throw e;
    }
    progress.done();
    RefreshReport report = report(inspection, plan, output, viewVersion);
    append(
        ownership,
        new LogRecord.Committed(
            refreshId,
            Instant.now().toString(),
            viewVersion,
            report.rowsRead(),
            report.rowsWritten(),
            report.batchesWritten(),
            progress.clock().millis()));
    return report;
  }

  private RefreshReport report(
      Inspection inspection, ExecutionPlan plan, StagedOutput output, long viewVersion) {
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
        output.results().stream().mapToLong(PartitionResult::rowsWritten).sum(),
        output.results().stream().mapToLong(PartitionResult::batchesWritten).sum(),
        plan.partitionsTotal(),
        plan.partitionsToRun(),
        plan.partitionsTotal() - plan.partitionsToRun(),
        0,
        skipped,
        plan.rowsUncovered(),
        progress.clock().durations());
  }

  private static SkippedPartition skipped(PartitionResult partition, String cause) {
    return new SkippedPartition(
        partition.partition().key().map(Object::toString).orElse("all rows"),
        partition.attempts(),
        cause);
  }

  /** The report of a refresh that found nothing to do. */
  public static RefreshReport upToDate(
      String reason,
      ExecutionMode mode,
      long sourceVersion,
      long viewVersion,
      int partitions,
      ProgressReporter progress) {
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
        progress.clock().durations());
  }

  /** Deletes what no version of the view will ever name, after saying so. */
  private void discard(RefreshLog.Ownership ownership, ExecutionPlan plan, StagedOutput output) {
    List<String> paths = output.stagedPaths();
    if (paths.isEmpty()
        || !append(ownership, new LogRecord.DeleteIntent(plan.job().refreshId(), paths))) {
      return;
    }
    for (String path : paths) {
      try {
        storage.deleteDataFile(plan.job().view(), path);
      } catch (StorageException e) {
        LOG.warn("Can't delete a file of view {}", plan.job().view(), e);
      }
    }
  }

  private void ended(RefreshLog.Ownership ownership, String refreshId, Throwable error) {
    append(
        ownership,
        new LogRecord.Failed(
            refreshId,
            Instant.now().toString(),
            error instanceof RefreshCancelledException,
            error.toString(),
            progress.clock().millis()));
  }

  /** What happened has happened; a record that can't be written must not hide it. */
  private static boolean append(RefreshLog.Ownership ownership, LogRecord logRecord) {
    try {
      return ownership.tryAppend(logRecord);
    } catch (GenevaException e) {
      LOG.warn("Can't write to the view's log", e);
      return false;
    }
  }
}
