package dev.geneva.internal.run;

import dev.geneva.internal.plan.Pass;
import dev.geneva.internal.plan.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * What the workers of one process do next: of the tasks whose rows are there the largest; if there
 * is none, read the next pass, unless two are in memory. So the next pass is read by the worker
 * that first finds nothing to do, while the last tasks of the one before still run. A task that has
 * called its function for the last time, and only waits for its files, holds up nobody.
 * Thread-safe.
 */
final class PassSchedule implements AutoCloseable {

  /** With two, nobody waits for the last task of a pass; the plan's passes are cut for it. */
  private static final int MOST_PASSES_IN_MEMORY = 2;

  /** What begins last should be over soon. */
  private final PriorityQueue<Execute> ready =
      new PriorityQueue<>(
          Comparator.comparingLong((Execute work) -> work.task().rows())
              .reversed()
              .thenComparingInt(work -> work.task().ordinal()));

  private final Queue<Pass> unread = new ArrayDeque<>();
  private final List<Shared> inMemory = new ArrayList<>();
  private final int concurrency;
  private int reading;
  private int calling;
  private boolean stopped;

  /**
   * Schedules passes, of which none has begun.
   *
   * @param concurrency the most passes that are read and tasks that call their function at a time
   */
  PassSchedule(List<Pass> passes, int concurrency) {
    this.concurrency = concurrency;
    for (Pass pass : passes) {
      if (pass.streamed()) {
        pass.tasks().forEach(task -> ready.add(new Execute(task, Optional.empty())));
      } else {
        unread.add(pass);
      }
    }
  }

  /** What a worker does. */
  sealed interface Work {}

  /** Read a pass, and {@link #add} its rows. */
  record Read(Pass pass) implements Work {}

  /**
   * Execute a task, and say when it has {@link #called} its function for the last time.
   *
   * @param shared the rows that were read for it; empty if it reads by itself
   */
  record Execute(Task task, Optional<Shared> shared) implements Work {}

  /** The rows of a pass, and how many of its tasks still need them. */
  static final class Shared {
    private final SplitRows rows;
    private int tasks;

    private Shared(SplitRows rows, int tasks) {
      this.rows = rows;
      this.tasks = tasks;
    }

    SplitRows rows() {
      return rows;
    }
  }

  /** The next thing to do; waits while that depends on other workers; empty at the end. */
  synchronized Optional<Work> next() {
    boolean interrupted = false;
    try {
      while (!stopped) {
        if (ready.isEmpty() && unread.isEmpty() && reading == 0) {
          return Optional.empty();
        }
        if (reading + calling < concurrency) {
          if (!ready.isEmpty()) {
            calling++;
            return Optional.of(ready.remove());
          }
          if (!unread.isEmpty() && inMemory.size() + reading < MOST_PASSES_IN_MEMORY) {
            reading++;
            return Optional.of(new Read(unread.remove()));
          }
        }
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true; // whoever it is that is waited for always ends
        }
      }
      return Optional.empty();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A pass was read; its rows are this object's to close. */
  synchronized void add(Pass pass, SplitRows rows) {
    reading--;
    Shared shared = new Shared(rows, pass.tasks().size());
    inMemory.add(shared);
    pass.tasks().forEach(task -> ready.add(new Execute(task, Optional.of(shared))));
    notifyAll();
  }

  /** A task needs its rows no more; the last one of a pass releases them. */
  synchronized void called(Execute work) {
    calling--;
    work.shared()
        .ifPresent(
            shared -> {
              if (--shared.tasks == 0) {
                inMemory.remove(shared);
                shared.rows().close();
              }
            });
    notifyAll();
  }

  /** Nothing else is begun. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Releases the rows of tasks that didn't end. To be called when no worker is left. */
  @Override
  public synchronized void close() {
    inMemory.forEach(shared -> shared.rows().close());
    inMemory.clear();
  }
}
