package dev.geneva.internal.connect;

import dev.geneva.GenevaException;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.partition.RowOrdinals;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.run.AttemptWatch;
import dev.geneva.internal.run.Cancellation;
import dev.geneva.internal.run.Checkpoints;
import dev.geneva.internal.run.Counters;
import dev.geneva.internal.run.SkipLimit;
import dev.geneva.internal.run.SplitRows;
import dev.geneva.internal.run.TaskResult;
import dev.geneva.internal.run.TaskRunner;
import dev.geneva.internal.run.Workplace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker executes the tasks of one job. Used by one thread at a time; the next one may
 * begin when a task needs its rows no longer.
 */
public final class JobSite implements AutoCloseable {

  private final LanceDataset source;
  private final BufferAllocator allocator;
  private final AttemptWatch watch;
  private final TaskRunner runner;
  private @Nullable SplitRows rows;

  JobSite(Database database, Job job, Optional<RowOrdinals> ordinals, Terms terms) {
    source = database.storage().open(job.query().source(), OptionalLong.of(job.sourceVersion()));
    allocator = database.allocator().newChildAllocator("tasks of " + job.view(), 0, Long.MAX_VALUE);
    // The time of the whole refresh is its owner's affair: it cancels.
    watch =
        new AttemptWatch(
            job.view(), terms.cancellation(), Optional.empty(), terms.partitionTimeout());
    try {
      runner =
          new TaskRunner(
              job,
              new Workplace(
                  ordinals,
                  database.storage(),
                  source,
                  allocator,
                  database.options().syncToDisk(),
                  terms.counters(),
                  terms.skips(),
                  terms.checkpoints(),
                  watch,
                  terms.cancellation()));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * What the refresh's owner has a say in.
   *
   * @param counters told of all that is done
   * @param skips counts partitions that are left out
   * @param checkpoints told of what is durable
   * @param partitionTimeout of each call
   * @param cancellation asked between batches
   */
  public record Terms(
      Counters counters,
      SkipLimit skips,
      Checkpoints checkpoints,
      Optional<Duration> partitionTimeout,
      Cancellation cancellation) {}

  /**
   * Reads the rows of tasks in one scan; they stay in memory until others are read. Fails as {@link
   * TaskRunner#read} says.
   */
  public void read(List<Task> tasks) {
    release();
    rows = runner.read(tasks);
  }

  /**
   * Executes a task, on what was read if it doesn't stream. Fails as {@link TaskRunner#run} says.
   *
   * @param called run when the function was called for the last time, and only files have to be
   *     finished: then another thread may use this object
   */
  public TaskResult run(Task task, Runnable called) {
    SplitRows there = rows;
    return there == null || task.streamed()
        ? runner.run(task, called)
        : runner.run(task, there, called);
  }

  /** Gives up the rows that were read. */
  public void release() {
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }

  /** Completes with the error of a call that doesn't stop though its time is up. */
  public CompletableFuture<GenevaException> givenUp() {
    return watch.givenUp();
  }

  @Override
  public void close() {
    watch.close();
    release();
    allocator.close();
    source.close();
  }
}
