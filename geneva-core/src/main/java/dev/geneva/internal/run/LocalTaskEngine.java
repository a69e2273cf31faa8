package dev.geneva.internal.run;

import dev.geneva.GenevaException;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs tasks on threads of this process, which live as long as the call. */
public final class LocalTaskEngine implements TaskEngine {

  @Override
  public List<TaskResult> run(Job job, List<Task> tasks, int concurrency, Workplace workplace) {
    int threads = Math.max(1, Math.min(concurrency, tasks.size()));
    workplace.counters().workers(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads, threads(job));
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Map<Task, Future<TaskResult>> futures = new HashMap<>();
    try {
      TaskRunner runner = new TaskRunner(job, workplace);
      // The largest first: what begins last should be over soon.
      for (Task task : largestFirst(tasks)) {
        futures.put(
            task,
            pool.submit(
                () -> {
                  try {
                    if (failure.get() != null) {
                      throw new NotBegun();
                    }
                    return runner.run(task);
                  } catch (Throwable e) {
                    failure.compareAndSet(null, e); // the first decides
                    throw e;
                  }
                }));
      }
      return results(
          tasks.stream().map(task -> Objects.requireNonNull(futures.get(task))).toList(),
          failure,
          workplace.cancellation());
    } finally {
      pool.shutdown();
      awaitEnd(pool);
    }
  }

  private static List<Task> largestFirst(List<Task> tasks) {
    return tasks.stream().sorted(Comparator.comparingLong(Task::rows).reversed()).toList();
  }

  private static ThreadFactory threads(Job job) {
    AtomicInteger number = new AtomicInteger();
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    return work -> {
      Thread thread =
          new Thread(work, "geneva-" + job.view() + "-worker-" + number.incrementAndGet());
      thread.setDaemon(true);
      thread.setContextClassLoader(classes);
      return thread;
    };
  }

  private static List<TaskResult> results(
      List<Future<TaskResult>> futures,
      AtomicReference<@Nullable Throwable> failure,
      Cancellation cancellation) {
    List<TaskResult> results = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (Future<TaskResult> future : futures) {
      try {
        results.add(await(future, cancellation));
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause != null && !(cause instanceof NotBegun)) {
          failures.add(cause);
        }
      }
    }
    Throwable first = failure.get();
    if (first == null) {
      return results;
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
  private static TaskResult await(Future<TaskResult> future, Cancellation cancellation)
      throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
          cancellation.request();
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

  /** A task that wasn't begun, as another had failed. */
  private static final class NotBegun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotBegun() {
      super("not begun", null, false, false);
    }
  }
}
