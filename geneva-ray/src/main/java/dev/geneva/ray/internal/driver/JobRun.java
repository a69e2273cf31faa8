package dev.geneva.ray.internal.driver;

import dev.geneva.GenevaException;
import dev.geneva.PartitionFailedException;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.run.Cancellation;
import dev.geneva.internal.run.PartitionResult;
import dev.geneva.internal.run.TaskResult;
import dev.geneva.internal.run.Workplace;
import dev.geneva.ray.internal.wire.WorkerMessage.Begin;
import dev.geneva.ray.internal.wire.WorkerMessage.Skip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one job on their way through the workers. A thread for each worker takes bundles of
 * tasks off the queue, and waits for its worker; what they share is here. Thread-safe.
 */
final class JobRun {

  private final RaySession session;
  private final WorkerRequest request;
  private final Begin begin;
  private final String udtf;
  private final Workplace workplace;

  private final List<Bundle> bundles;
  private final Queue<Bundle> queue;
  private final Map<Task, TaskResult> results = new HashMap<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final AtomicInteger skipped = new AtomicInteger();
  private final AtomicInteger workers = new AtomicInteger();

  JobRun(
      RaySession session,
      WorkerRequest request,
      Begin begin,
      String udtf,
      List<Bundle> bundles,
      Workplace workplace) {
    this.session = session;
    this.request = request;
    this.begin = begin;
    this.udtf = udtf;
    this.bundles = bundles;
    this.workplace = workplace;
    this.queue = new ConcurrentLinkedQueue<>(bundles);
  }

  /** Runs all tasks; as {@link dev.geneva.internal.run.TaskEngine#run} says. */
  List<TaskResult> run(String view, int concurrency) {
    int threads = Math.min(concurrency, bundles.size());
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    List<Thread> slots = new ArrayList<>();
    for (int i = 1; i <= threads; i++) {
      Thread slot = new Thread(this::work, "geneva-" + view + "-worker-" + i);
      slot.setDaemon(true);
      slot.setContextClassLoader(classes);
      slot.start();
      slots.add(slot);
    }
    slots.forEach(slot -> join(slot, workplace.cancellation()));
    return results();
  }

  private void work() {
    try (WorkerSlot slot = new WorkerSlot(this)) {
      slot.work();
    } catch (Throwable e) {
      failed(e);
    }
  }

  /** An interrupt of the waiting thread asks the tasks to stop, and is kept for the caller. */
  private static void join(Thread slot, Cancellation cancellation) {
    boolean interrupted = false;
    while (true) {
      try {
        slot.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        cancellation.request();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<TaskResult> results() {
    if (failures.isEmpty()) {
      workplace.cancellation().check();
      return bundles.stream()
          .flatMap(bundle -> bundle.tasks().stream())
          .sorted(Comparator.comparingInt(Task::ordinal))
          .map(
              task -> {
                TaskResult result = results.get(task);
                if (result == null) {
                  throw new IllegalStateException("Task " + task.ordinal() + " has no result.");
                }
                return result;
              })
          .toList();
    }
    Throwable first = failures.get(0);
    failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
    if (first instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (first instanceof Error error) {
      throw error;
    }
    throw new GenevaException("A task failed: " + first, first);
  }

  RaySession session() {
    return session;
  }

  WorkerRequest request() {
    return request;
  }

  Begin begin() {
    return begin;
  }

  Workplace workplace() {
    return workplace;
  }

  /** For messages. */
  String udtf() {
    return udtf;
  }

  /** The next tasks; null if there are none, or none is to be begun any more. */
  @Nullable Bundle next() {
    return isOver() ? null : queue.poll();
  }

  /** Whether a worker that isn't there yet is no longer needed. */
  boolean isOver() {
    return isStopped() || queue.isEmpty();
  }

  /** Whether no other task is to be begun. */
  boolean isStopped() {
    synchronized (this) {
      if (!failures.isEmpty()) {
        return true;
      }
    }
    workplace.cancellation().check();
    return false;
  }

  /** Partitions that were left out so far. */
  int skipped() {
    return skipped.get();
  }

  /** So many workers more, or less, are at work. */
  void workers(int more) {
    workplace.counters().workers(workers.addAndGet(more));
  }

  /**
   * A task is done.
   *
   * @param skips the rules by which its partitions were left out, in their order
   */
  void done(TaskResult result, List<Skip> skips) {
    List<PartitionResult> leftOut =
        result.groups().stream()
            .flatMap(group -> group.partitions().stream())
            .filter(partition -> partition.skippedBecause().isPresent())
            .toList();
    for (int i = 0; i < skips.size(); i++) {
      skipped.incrementAndGet();
      Skip rule = skips.get(i);
      // Its worker didn't know of those that others left out meanwhile.
      if (!workplace.skips().admit(rule.maxCount(), rule.maxFraction())) {
        PartitionResult one = leftOut.get(i);
        String cause = one.skippedBecause().orElse("");
        failed(
            new PartitionFailedException(
                udtf
                    + one.partition().label()
                    + " failed, and its error policy allows no more partitions to be skipped: "
                    + cause,
                one.partition().key(),
                one.attempts(),
                new GenevaException(cause)));
        return;
      }
    }
    synchronized (this) {
      results.put(result.task(), result);
    }
  }

  /** Something failed; the first decides. */
  synchronized void failed(Throwable error) {
    failures.add(error);
  }
}
