package dev.geneva.internal.run;

import dev.geneva.GenevaException;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Pass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Runs tasks on threads of this process, which live as long as the call. */
public final class LocalTaskEngine implements TaskEngine {

  private final LongSupplier nanoTime;

  /** An engine by the system's clock. */
  public LocalTaskEngine() {
    this(System::nanoTime);
  }

  /** An engine by the given clock, as {@link System#nanoTime}. */
  LocalTaskEngine(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public List<FileGroup> run(Job job, List<Pass> passes, int concurrency, Workplace workplace) {
    try (CommonFiles common = new CommonFiles(workplace, job.view(), nanoTime)) {
      TaskRunner runner = new TaskRunner(job, workplace, Optional.of(common));
      List<FileGroup> groups;
      try {
        groups = run(runner, job.view(), passes, concurrency, workplace);
      } catch (AbandonedException e) {
        TaskRunner.keep(common::keep, e.error());
        throw e;
      } catch (Throwable e) {
        TaskRunner.keep(common::keep, e);
        throw e;
      }
      return Stream.concat(groups.stream(), common.write().stream())
          .sorted(Comparator.comparingInt(FileGroup::first))
          .toList();
    }
  }

  private static List<FileGroup> run(
      TaskRunner runner, String view, List<Pass> passes, int concurrency, Workplace workplace) {
    int tasks = passes.stream().mapToInt(pass -> pass.tasks().size()).sum();
    // As many again may wait for the files of tasks that have made their calls.
    int threads = Math.max(1, Math.min(2 * concurrency, tasks));
    workplace.counters().workers(Math.min(concurrency, tasks));
    ExecutorService pool = Executors.newFixedThreadPool(threads, threads(view));
    Queue<FileGroup> groups = new ConcurrentLinkedQueue<>();
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>(); // the first decides
    PassSchedule schedule = new PassSchedule(passes, concurrency);
    Runnable end =
        () -> {
          pool.shutdown();
          awaitEnd(pool);
          schedule.close();
        };
    boolean abandoned = false;
    try {
      List<CompletableFuture<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(
            CompletableFuture.runAsync(
                () -> {
                  try {
                    work(runner, schedule, groups);
                  } catch (Throwable e) {
                    failures.add(e);
                    schedule.stop();
                  }
                },
                pool));
      }
      Optional<GenevaException> givenUp = await(workers, schedule, workplace);
      if (givenUp.isPresent()) {
        abandoned = true;
        throw new AbandonedException(givenUp.get(), end);
      }
    } finally {
      if (!abandoned) {
        end.run();
      }
    }
    throwFirst(failures);
    return List.copyOf(groups);
  }

  /**
   * Waits for the workers.
   *
   * @return the error of one that has to be left behind
   */
  private static Optional<GenevaException> await(
      List<CompletableFuture<?>> workers, PassSchedule schedule, Workplace workplace) {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new));
    CompletableFuture<GenevaException> givenUp = workplace.watch().givenUp();
    await(CompletableFuture.anyOf(all, givenUp), workplace.cancellation());
    if (all.isDone()) {
      return Optional.empty();
    }
    schedule.stop();
    GenevaException error = givenUp.join();
    // The others shall end, too, but one that can't be stopped isn't waited for.
    workplace.cancellation().request(() -> error);
    return Optional.of(error);
  }

  private static void work(TaskRunner runner, PassSchedule schedule, Queue<FileGroup> groups) {
    for (var work = schedule.next(); work.isPresent(); work = schedule.next()) {
      if (work.get() instanceof PassSchedule.Read read) {
        schedule.add(read.pass(), runner.read(read.pass().tasks()));
      } else if (work.get() instanceof PassSchedule.Execute execute) {
        Runnable called = () -> schedule.called(execute);
        TaskResult result =
            execute.shared().isPresent()
                ? runner.run(execute.task(), execute.shared().get().rows(), called)
                : runner.run(execute.task(), called);
        groups.addAll(result.groups());
      }
    }
  }

  private static ThreadFactory threads(String view) {
    AtomicInteger number = new AtomicInteger();
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    return work -> {
      Thread thread = new Thread(work, "geneva-" + view + "-worker-" + number.incrementAndGet());
      thread.setDaemon(true);
      thread.setContextClassLoader(classes);
      return thread;
    };
  }

  private static void throwFirst(Queue<Throwable> failures) {
    Throwable first = failures.poll();
    if (first == null) {
      return;
    }
    failures.stream().filter(other -> other != first).forEach(first::addSuppressed);
    if (first instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (first instanceof Error error) {
      throw error;
    }
    throw new GenevaException("A task failed: " + first, first);
  }

  /** An interrupt of the waiting thread asks the tasks to stop, and is kept for the caller. */
  private static void await(CompletableFuture<?> end, Cancellation cancellation) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          end.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
          cancellation.request();
        } catch (ExecutionException e) {
          throw new IllegalStateException("A worker failed to note a failure", e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void awaitEnd(ExecutorService pool) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          if (pool.awaitTermination(1, TimeUnit.HOURS)) {
            return;
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
