package dev.geneva.internal.refresh;

import dev.geneva.CheckpointPolicy;
import dev.geneva.CommitStateUnknownException;
import dev.geneva.ExecutionMode;
import dev.geneva.GenevaException;
import dev.geneva.RefreshCancelledException;
import dev.geneva.RefreshInProgressException;
import dev.geneva.RefreshReport;
import dev.geneva.Stage;
import dev.geneva.StorageException;
import dev.geneva.internal.clean.ViewCleanUp;
import dev.geneva.internal.commit.StagedOutput;
import dev.geneva.internal.commit.ViewCommit;
import dev.geneva.internal.inspect.Inspection;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.log.LogRecord;
import dev.geneva.internal.log.Ownership;
import dev.geneva.internal.log.RefreshLog;
import dev.geneva.internal.plan.EarlierWork;
import dev.geneva.internal.plan.ExecutionPlan;
import dev.geneva.internal.plan.Planner;
import dev.geneva.internal.run.AbandonedException;
import dev.geneva.internal.run.AttemptWatch;
import dev.geneva.internal.run.Cancellation;
import dev.geneva.internal.run.FileGroup;
import dev.geneva.internal.run.SkipCount;
import dev.geneva.internal.run.TaskEngine;
import dev.geneva.internal.run.Workplace;
import dev.geneva.internal.view.CommittedState;
import dev.geneva.internal.view.Sidecar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans, runs and commits, as the owner of the view's log. Used once, by one thread. */
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
   * How a refresh runs.
   *
   * @param engine where its tasks do
   * @param engineName for the record
   * @param concurrency the most tasks at a time
   * @param checkpoints when batches are made durable
   * @param timeout what is left of the time for all
   * @param partitionTimeout the time for a call of the function
   */
  public record Terms(
      TaskEngine engine,
      String engineName,
      int concurrency,
      CheckpointPolicy checkpoints,
      Optional<Duration> timeout,
      Optional<Duration> partitionTimeout) {}

  /**
   * Plans, runs and commits.
   *
   * @param ownership of the view's log, with nothing written yet; remains the caller's to give up
   * @param inspection made since the ownership is there
   * @return empty if somebody else was faster to become the owner; then nothing has happened
   * @throws RefreshInProgressException if somebody else takes over
   */
  public Optional<RefreshReport> execute(
      Ownership ownership, Inspection inspection, Planner planner, Terms terms) {
    String refreshId = UUID.randomUUID().toString();
    if (!ownership.tryAppend(acquired(refreshId, ownership, inspection, terms))) {
      return Optional.empty();
    }
    try (LeaseKeeper lease =
        LeaseKeeper.start(
            ownership, inspection.view().name(), refreshId, log.lease(), cancellation)) {
      progress.enter(Stage.PLAN);
      ExecutionPlan plan = plan(ownership, inspection, planner, refreshId, terms.checkpoints());
      LoggedCheckpoints checkpoints =
          new LoggedCheckpoints(storage, ownership, plan.job(), terms.checkpoints());
      List<FileGroup> groups = run(checkpoints, inspection, plan, terms);
      StagedOutput output = StagedOutput.of(groups, plan.finished());
      RefreshReport report = commit(inspection, plan, output, ownership);
      // Whoever can't say so isn't the owner any more, or doesn't know; then another cleans up.
      if (append(ownership, committed(refreshId, report))) {
        boolean spotless =
            ownership.tail().isClean()
                && !checkpoints.hasDropped()
                && output.files().size() <= ViewCommit.MOST_FILES_LEFT_ALONE;
        new ViewCleanUp(storage, log, inspection.view().name())
            .afterCommit(ownership, refreshId, spotless, inspection.committed());
      }
      return Optional.of(report);
    } catch (RuntimeException | Error e) {
      ended(ownership, refreshId, e);
      throw e;
    }
  }

  private LogRecord.Acquired acquired(
      String refreshId, Ownership ownership, Inspection inspection, Terms terms) {
    return new LogRecord.Acquired(
        refreshId,
        Owner.description(),
        log.domain(),
        terms.engineName(),
        Instant.now().toString(),
        inspection.reason(),
        inspection.source().version(),
        generation(inspection),
        log.lease().toMillis(),
        ownership.tail().openOwner().map(LogRecord.Acquired::refreshId).orElse(null));
  }

  /**
   * Says in the log that it is owned, though not by a refresh.
   *
   * @param why for people
   */
  public static LogRecord.Acquired holding(RefreshLog log, String why) {
    return new LogRecord.Acquired(
        UUID.randomUUID().toString(),
        Owner.description(),
        log.domain(),
        null,
        Instant.now().toString(),
        why,
        0,
        0,
        log.lease().toMillis(),
        null);
  }

  /** The generation of the view that the commit makes. */
  private static long generation(Inspection inspection) {
    return inspection.committed().map(CommittedState::generation).orElse(0L) + 1;
  }

  /** The error for whoever finds the view owned by somebody else. */
  public static RefreshInProgressException inProgress(String view, RefreshLog log) {
    String owner =
        log.tail()
            .openOwner()
            .map(open -> open.owner() + ", since " + open.at())
            .orElse("somebody else");
    return new RefreshInProgressException(
        "View '" + view + "' is being refreshed by " + owner + ".");
  }

  private ExecutionPlan plan(
      Ownership ownership,
      Inspection inspection,
      Planner planner,
      String refreshId,
      CheckpointPolicy policy) {
    return planner.plan(
        inspection,
        refreshId,
        digest -> {
          EarlierRefreshes.Found found =
              new EarlierRefreshes(storage, log)
                  .find(inspection, ownership.tail(), digest, !policy.isOff());
          ownership.append(new LogRecord.Planned(refreshId, inspection.identity(), digest));
          if (!found.adopted().isEmpty()) {
            ownership.append(new LogRecord.Adopted(refreshId, found.adopted()));
          }
          discard(ownership, inspection.view().name(), refreshId, found.superseded());
          if (!found.unusable().isEmpty()) {
            ownership.append(new LogRecord.Dropped(refreshId, found.unusable()));
          }
          return found.work();
        });
  }

  /**
   * Deletes what refreshes left that ended and can't be taken up, as something else is computed.
   */
  private void discard(Ownership ownership, String view, String refreshId, List<String> files) {
    if (files.isEmpty()) {
      return;
    }
    ownership.append(new LogRecord.DeleteIntent(refreshId, files));
    for (String file : files) {
      try {
        storage.files(view).delete(file);
      } catch (StorageException e) {
        LOG.warn("A file of view {} that nobody needs couldn't be deleted", view, e);
      }
    }
  }

  /** Finds what a refresh that began now could make use of, without becoming the owner. */
  public static EarlierWork.Search earlierWork(
      LanceStorage storage, RefreshLog log, Inspection inspection) {
    return digest ->
        new EarlierRefreshes(storage, log).find(inspection, log.tail(), digest, true).work();
  }

  private List<FileGroup> run(
      LoggedCheckpoints checkpoints, Inspection inspection, ExecutionPlan plan, Terms terms) {
    progress.enterRun(plan);
    String view = plan.job().view();
    BufferAllocator batches = allocator.newChildAllocator("refresh of " + view, 0, Long.MAX_VALUE);
    LanceDataset source = inspection.source().retain();
    AttemptWatch watch =
        new AttemptWatch(view, cancellation, terms.timeout(), terms.partitionTimeout());
    boolean abandoned = false;
    try {
      return terms
          .engine()
          .run(
              plan.job(),
              plan.passes(),
              terms.concurrency(),
              new Workplace(
                  plan.ordinals(),
                  storage,
                  source,
                  batches,
                  syncToDisk,
                  progress.counters(),
                  new SkipCount(plan.partitionsTotal()),
                  checkpoints,
                  watch,
                  cancellation));
    } catch (AbandonedException e) {
      abandoned = true;
      closeLater(view, e, source, batches);
      throw e.error();
    } finally {
      progress.close();
      watch.close();
      if (!abandoned) {
        source.close();
        batches.close();
      }
    }
  }

  /** What a call that doesn't stop may still use is closed when it does. */
  private static void closeLater(
      String view, AbandonedException abandoned, LanceDataset source, BufferAllocator batches) {
    Thread thread =
        new Thread(
            () -> {
              abandoned.awaitEnd();
              source.close();
              batches.close();
            },
            "geneva-" + view + "-left-behind");
    thread.setDaemon(true);
    thread.start();
  }

  private RefreshReport commit(
      Inspection inspection, ExecutionPlan plan, StagedOutput output, Ownership ownership) {
    String refreshId = plan.job().refreshId();
    progress.enter(Stage.COMMIT);
    CommittedState state =
        new CommittedState(
            generation(inspection),
            refreshId,
            inspection.identity(),
            Sidecar.name(refreshId),
            plan.partitionsTotal(),
            output.skipped());
    cancellation.check();
    ViewCommit viewCommit = new ViewCommit(storage, syncToDisk);
    StagedOutput prepared =
        viewCommit.prepared(inspection.definition(), inspection.view().name(), output);
    log.putSidecar(Sidecar.name(refreshId), prepared.sidecar(refreshId).toBytes());
    // Whoever has lost the log finds out here at the latest, and doesn't commit.
    ownership.append(new LogRecord.Committing(refreshId, state.generation()));
    // An overwrite drops a table's indices; who built them has to know.
    List<String> indicesLost = inspection.view().indexNames();
    long viewVersion;
    try (LanceDataset committed =
        viewCommit.commit(inspection.view(), inspection.definition(), prepared, state)) {
      viewVersion = committed.version();
    }
    progress.done();
    return Reports.refreshed(
        inspection, plan, output, viewVersion, indicesLost, progress.clock().durations());
  }

  private LogRecord.Committed committed(String refreshId, RefreshReport report) {
    return new LogRecord.Committed(
        refreshId,
        Instant.now().toString(),
        report.viewVersion(),
        report.rowsRead(),
        report.rowsWritten(),
        report.batchesWritten(),
        progress.clock().millis());
  }

  /** The report of a refresh that found nothing to do. */
  public static RefreshReport upToDate(
      String reason,
      ExecutionMode mode,
      long sourceVersion,
      long viewVersion,
      int partitions,
      ProgressReporter progress) {
    return Reports.upToDate(
        reason, mode, sourceVersion, viewVersion, partitions, progress.clock().durations());
  }

  private void ended(Ownership ownership, String refreshId, Throwable error) {
    if (error instanceof CommitStateUnknownException) {
      return; // it can't be said that it ended without a commit
    }
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
  private static boolean append(Ownership ownership, LogRecord logRecord) {
    try {
      return ownership.tryAppend(logRecord);
    } catch (GenevaException first) {
      try {
        return ownership.tryAppend(logRecord);
      } catch (GenevaException e) {
        e.addSuppressed(first);
        LOG.warn("Can't write to the view's log", e);
        return false;
      }
    }
  }
}
