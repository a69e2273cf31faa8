package dev.geneva.internal.connect;

import dev.geneva.StorageException;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.partition.RowOrdinals;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.run.Cancellation;
import dev.geneva.internal.run.Checkpoints;
import dev.geneva.internal.run.Counters;
import dev.geneva.internal.run.SkipLimit;
import dev.geneva.internal.run.TaskResult;
import dev.geneva.internal.run.TaskRunner;
import dev.geneva.internal.run.Workplace;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** Where a worker executes the tasks of one job. Used by one thread. */
public final class JobSite implements AutoCloseable {

  private final LanceDataset source;
  private final BufferAllocator allocator;
  private final TaskRunner runner;

  JobSite(
      Database database,
      Job job,
      Optional<RowOrdinals> ordinals,
      Counters counters,
      SkipLimit skips,
      Checkpoints checkpoints,
      Cancellation cancellation) {
    source =
        database
            .storage()
            .open(job.query().source(), java.util.OptionalLong.of(job.sourceVersion()));
    allocator = database.allocator().newChildAllocator("tasks of " + job.view(), 0, Long.MAX_VALUE);
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
                  counters,
                  skips,
                  checkpoints,
                  cancellation));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Executes a task. Fails as {@link TaskRunner#run} says.
   *
   * @throws StorageException if the storage failed
   */
  public TaskResult run(Task task) {
    return runner.run(task);
  }

  @Override
  public void close() {
    allocator.close();
    source.close();
  }
}
