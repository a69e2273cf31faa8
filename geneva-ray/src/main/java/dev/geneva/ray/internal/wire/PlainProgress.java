package dev.geneva.ray.internal.wire;

import dev.geneva.RefreshProgress;
import dev.geneva.Stage;
import java.time.Duration;

/** Progress for another process; the components are those of {@link RefreshProgress}. */
public record PlainProgress(
    Stage stage,
    int partitionsTotal,
    int partitionsDone,
    long rowsTotal,
    long rowsRead,
    long rowsWritten,
    long batchesWritten,
    int tasksTotal,
    int tasksDone,
    int workers,
    long elapsedNanos) {

  /** Takes it apart. */
  public static PlainProgress of(RefreshProgress progress) {
    return new PlainProgress(
        progress.stage(),
        progress.partitionsTotal(),
        progress.partitionsDone(),
        progress.rowsTotal(),
        progress.rowsRead(),
        progress.rowsWritten(),
        progress.batchesWritten(),
        progress.tasksTotal(),
        progress.tasksDone(),
        progress.workers(),
        progress.elapsed().toNanos());
  }

  /** Puts it together. */
  public RefreshProgress progress() {
    return new RefreshProgress(
        stage,
        partitionsTotal,
        partitionsDone,
        rowsTotal,
        rowsRead,
        rowsWritten,
        batchesWritten,
        tasksTotal,
        tasksDone,
        workers,
        Duration.ofNanos(elapsedNanos));
  }
}
