package dev.geneva.internal.refresh;

import dev.geneva.RefreshListener;
import dev.geneva.RefreshProgress;
import dev.geneva.Stage;
import dev.geneva.internal.plan.ExecutionPlan;
import dev.geneva.internal.run.Counters;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener how a refresh proceeds, and keeps the figures. Thread-safe. */
public final class ProgressReporter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressReporter.class);
  private static final long PERIOD_MILLIS = 100;

  private final RefreshListener listener;
  private final StageClock clock = new StageClock();
  private final Counters counters = new Counters();
  private volatile @Nullable ExecutionPlan plan;
  private @Nullable ScheduledExecutorService ticker;
  private boolean listenerFailed;
  private volatile @Nullable RefreshProgress elsewhere;

  /** Reports to a listener. */
  public ProgressReporter(RefreshListener listener) {
    this.listener = listener;
  }

  /** How far it is. */
  public RefreshProgress progress() {
    RefreshProgress reported = elsewhere;
    if (reported != null) {
      return reported;
    }
    ExecutionPlan planned = plan;
    return new RefreshProgress(
        clock.stage(),
        planned == null ? 0 : planned.partitionsToRun(),
        counters.partitionsDone(),
        planned == null ? 0 : planned.rows(),
        counters.rowsRead(),
        counters.rowsWritten(),
        counters.batchesWritten(),
        planned == null ? 0 : planned.tasks().size(),
        counters.tasksDone(),
        counters.workers(),
        clock.elapsed());
  }

  /** Passes on how far another process is, which runs the refresh. */
  public void mirror(RefreshProgress reported) {
    elsewhere = reported;
    tell();
  }

  StageClock clock() {
    return clock;
  }

  Counters counters() {
    return counters;
  }

  /** A stage begins. */
  public void enter(Stage stage) {
    clock.enter(stage);
    tell();
  }

  /** The stage begins that takes long. */
  void enterRun(ExecutionPlan planned) {
    plan = planned;
    enter(Stage.RUN);
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "geneva-" + planned.job().view() + "-progress");
              thread.setDaemon(true);
              return thread;
            });
    // Cancelled with the executor; what the listener throws is dealt with where it is called.
    Future<?> ignored =
        started.scheduleAtFixedRate(
            this::tell, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    synchronized (this) {
      ticker = started;
    }
  }

  /** The refresh ended well. */
  void done() {
    close();
    tell();
  }

  private synchronized void tell() {
    try {
      listener.onProgress(progress());
    } catch (RuntimeException e) {
      if (!listenerFailed) {
        listenerFailed = true; // it is asked ten times a second; once is enough in the log
        LOG.warn("The refresh's listener failed; further failures aren't logged", e);
      }
    }
  }

  /** Stops telling. */
  @Override
  public void close() {
    ScheduledExecutorService stopped;
    synchronized (this) {
      stopped = ticker;
      ticker = null;
    }
    if (stopped != null) {
      stopped.shutdownNow();
    }
  }
}
