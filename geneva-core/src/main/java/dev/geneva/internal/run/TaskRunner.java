package dev.geneva.internal.run;

import dev.geneva.GenevaException;
import dev.geneva.NondeterministicUdtfException;
import dev.geneva.PartitionFailedException;
import dev.geneva.RefreshCancelledException;
import dev.geneva.RefreshInProgressException;
import dev.geneva.SchemaMismatchException;
import dev.geneva.StorageException;
import dev.geneva.internal.descriptor.UdtfBinding;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.partition.RowOrdinals;
import dev.geneva.internal.plan.FewRows;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.plan.RowWidth;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.query.QueryScan;
import dev.geneva.internal.query.QuerySpec;
import dev.geneva.udtf.ErrorRule;
import dev.geneva.udtf.UdtfDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes tasks: the same code on every engine. Thread-safe; each task is executed by one thread.
 */
public final class TaskRunner {

  // Only methods of SLF4J 1.7: that is what a worker of another engine may bring along.
  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  /** From so many rows on it is worth the time, 2 ms, not to keep what is read beside them. */
  private static final long READ_ONCE_ROWS = 4_000_000;

  private final Job job;
  private final Workplace workplace;
  private final UdtfBinding udtf;
  private final QueryScan scan;
  private final Optional<CommonFiles> common;

  /** Executes tasks of a job, each of which writes all of its output. */
  public TaskRunner(Job job, Workplace workplace) {
    this(job, workplace, Optional.empty());
  }

  /**
   * Executes tasks of a job.
   *
   * @param common takes the last rows of tasks, if there is such a thing
   */
  TaskRunner(Job job, Workplace workplace, Optional<CommonFiles> common) {
    this.job = job;
    this.workplace = workplace;
    this.udtf = UdtfBinding.reopen(job.view(), job.udtfClass(), job.parameters());
    this.scan = scan(workplace.source(), job.query());
    this.common = common;
  }

  private QueryScan scan(LanceDataset source, QuerySpec query) {
    return QueryScan.of(source, query)
        .restrictedTo(job.inputColumns(), "for " + udtf.descriptor().name());
  }

  /**
   * Reads the rows of tasks that aren't streamed, in one scan, or by their ids if they are few.
   *
   * @return rows for {@link #run(Task, SplitRows, Runnable)}, which the caller closes after the
   *     last task; any number of tasks may use them at a time
   * @throws StorageException if they can't be read
   * @throws RefreshCancelledException if the stop was asked for
   */
  public SplitRows read(List<Task> tasks) {
    RowOrdinals ordinals = workplace.ordinals().orElseThrow();
    List<Partition> partitions =
        tasks.stream().flatMap(task -> task.partitions().stream()).toList();
    return SplitRows.read(
        scan,
        ordinals,
        partitions,
        idsAtATime(ordinals, partitions),
        workplace.cancellation(),
        workplace.allocator());
  }

  private OptionalInt idsAtATime(RowOrdinals ordinals, List<Partition> partitions) {
    long wanted = partitions.stream().mapToLong(Partition::rows).sum();
    return FewRows.idsAtATime(wanted, ordinals.count(), this::bytesPerRow);
  }

  /** As the planner finds it out, and as rarely: only where rows are few. */
  private long bytesPerRow() {
    QuerySpec query = job.query();
    long sample =
        query.limit() == null ? RowWidth.SAMPLE : Math.min(RowWidth.SAMPLE, query.limit());
    return RowWidth.of(scan(workplace.source(), query.withLimit(sample)), workplace.allocator())
        .bytes();
  }

  /**
   * Executes a task that reads by itself.
   *
   * @param called run when the function was called for the last time, and only files have to be
   *     finished; not if the task fails before
   * @throws PartitionFailedException if the function failed and its policy had no other way left
   * @throws SchemaMismatchException if that was because of a batch
   * @throws StorageException if data couldn't be read or written
   * @throws RefreshCancelledException if the stop was asked for
   */
  public TaskResult run(Task task, Runnable called) {
    if (workplace.ordinals().isEmpty()) {
      return runOnAllRows(task, called);
    }
    RowOrdinals ordinals = workplace.ordinals().get();
    if (task.streamed()) {
      OptionalInt idsAtATime = idsAtATime(ordinals, task.partitions());
      return run(
          task,
          partition ->
              new StreamedPartition(
                  scan, ordinals, partition, idsAtATime, workplace.cancellation()),
          called);
    }
    try (SplitRows rows = read(List.of(task))) {
      return run(task, rows, called);
    }
  }

  private TaskResult runOnAllRows(Task task, Runnable called) {
    boolean large = workplace.source().countRows(Optional.empty()) >= READ_ONCE_ROWS;
    if (!large || !scan.isOnePass()) {
      return run(task, partition -> new WholeQuery(scan), called);
    }
    try (LanceDataset own =
        workplace.storage().openToReadOnce(job.query().source(), job.sourceVersion())) {
      WholeQuery rows = new WholeQuery(scan(own, job.query()));
      return run(task, partition -> rows, called);
    }
  }

  /**
   * Executes a task on rows that were read for it, and maybe for others; otherwise like {@link
   * #run(Task, Runnable)}.
   *
   * @param rows remain the caller's to close; not needed any more once {@code called} is run
   */
  public TaskResult run(Task task, SplitRows rows, Runnable called) {
    return run(task, rows::of, called);
  }

  private TaskResult run(Task task, Function<Partition, PartitionRows> rows, Runnable called) {
    boolean alone = task.partitions().size() == 1;
    try (TaskOutput output =
            new TaskOutput(workplace, job.view(), udtf.descriptor().outputSchema(), common, alone);
        FlushTimer timer = FlushTimer.start(output, alone, workplace.checkpoints().policy())) {
      try {
        for (Partition partition : task.partitions()) {
          runPartition(partition, rows.apply(partition), output);
          workplace.counters().partitionDone();
        }
        called.run();
        TaskResult result = new TaskResult(task, output.complete());
        workplace.counters().taskDone();
        return result;
      } catch (Throwable e) {
        keep(output::keep, e);
        throw e;
      }
    }
  }

  /** The next refresh goes on from what is there, unless somebody else is doing so already. */
  static void keep(Runnable keeping, Throwable because) {
    if (because instanceof RefreshInProgressException) {
      return;
    }
    try {
      keeping.run();
    } catch (RuntimeException e) {
      if (e != because) {
        because.addSuppressed(e);
      }
    }
  }

  private void runPartition(Partition partition, PartitionRows rows, TaskOutput output) {
    output.begin(partition);
    for (int attempt = 1; ; attempt++) {
      workplace.cancellation().check();
      Throwable error;
      try {
        output.finish(attempt(partition, rows, output, attempt));
        return;
      } catch (NondeterministicUdtfException e) {
        output.drop();
        throw nondeterministic(partition, e);
      } catch (RefreshCancelledException | RefreshInProgressException | StorageException e) {
        throw e; // not the function's doing, so not its policy's business
      } catch (Throwable e) {
        error = e;
      }
      workplace.cancellation().check();
      ErrorVerdict verdict = ErrorVerdict.of(udtf.descriptor().errorPolicy(), error, attempt);
      switch (verdict.action()) {
        case FAIL -> throw failure(partition, attempt, error);
        case SKIP -> {
          ErrorRule rule = verdict.rule().orElseThrow();
          if (!workplace.skips().admit(rule.maxSkipCount(), rule.maxSkipFraction())) {
            throw tooManySkipped(partition, attempt, error);
          }
          LOG.warn("{} is skipped after {} attempts", label(partition), attempt, error);
          output.skip(skipped(partition, attempt, error));
          return;
        }
        case RETRY -> {
          LOG.warn(
              "{} failed in attempt {} and is tried again in {}",
              label(partition),
              attempt,
              verdict.pause(),
              error);
          output.drop();
          pause(verdict);
        }
      }
    }
  }

  private NondeterministicUdtfException nondeterministic(
      Partition partition, NondeterministicUdtfException e) {
    return new NondeterministicUdtfException(
        "%s isn't deterministic: %s. What the interrupted refresh had left of it was dropped. Make it yield the same batches for the same rows, or switch checkpoints off."
            .formatted(label(partition), e.getMessage()),
        e);
  }

  private PartitionResult attempt(
      Partition partition, PartitionRows rows, TaskOutput output, int attempt) throws Throwable {
    UdtfDescriptor<?> descriptor = udtf.descriptor();
    long limit = job.memoryBytes() == null ? Long.MAX_VALUE : job.memoryBytes();
    // A root of its own, so that what a function leaks is no debt of anybody else.
    try (AttemptWatch.Attempt call = workplace.watch().begin(label(partition), partition);
        BufferAllocator root = new RootAllocator();
        BufferAllocator streams = root.newChildAllocator("source", 0, Long.MAX_VALUE);
        BufferAllocator own = root.newChildAllocator("udtf", 0, limit);
        TaskSource source = new TaskSource(rows, partition, call, workplace, streams, own)) {
      TaskCollector collector =
          new TaskCollector(
              label(partition), descriptor.outputSchema(), call, workplace, own, output);
      try {
        udtf.newInstance().process(source, collector);
      } catch (Throwable e) {
        collector.requireWritable(e);
        throw call.explained(e);
      } finally {
        call.close();
        // An interrupt was the function's affair; what follows uses channels, which it would close.
        Thread.interrupted();
      }
      source.requireClosed();
      collector.finish();
      return new PartitionResult(
          partition,
          source.rowsRead(),
          collector.rows(),
          collector.batches(),
          attempt,
          Optional.empty());
    }
  }

  private static PartitionResult skipped(Partition partition, int attempts, Throwable error) {
    return new PartitionResult(partition, 0, 0, 0, attempts, Optional.of(error.toString()));
  }

  private GenevaException failure(Partition partition, int attempts, Throwable error) {
    if (error instanceof SchemaMismatchException mismatch) {
      return mismatch;
    }
    String what =
        error instanceof OutOfMemoryException && job.memoryBytes() != null
            ? "ran out of memory, which it limits to " + job.memoryBytes() + " bytes"
            : "failed";
    return new PartitionFailedException(
        "%s %s after %d attempt%s: %s"
            .formatted(label(partition), what, attempts, attempts == 1 ? "" : "s", error),
        partition.key(),
        attempts,
        error);
  }

  private PartitionFailedException tooManySkipped(
      Partition partition, int attempts, Throwable error) {
    return new PartitionFailedException(
        label(partition)
            + " failed, and its error policy allows no more partitions to be skipped: "
            + error,
        partition.key(),
        attempts,
        error);
  }

  private void pause(ErrorVerdict verdict) {
    try {
      workplace.cancellation().pause(verdict.pause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefreshCancelledException("Interrupted while waiting to try again.", e);
    }
  }

  private String label(Partition partition) {
    return udtf.descriptor().name() + partition.label();
  }
}
