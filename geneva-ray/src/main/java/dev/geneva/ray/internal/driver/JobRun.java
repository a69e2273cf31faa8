package dev.geneva.ray.internal.driver;

import dev.geneva.GenevaException;
import dev.geneva.PartitionFailedException;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.run.Cancellation;
import dev.geneva.internal.run.FileGroup;
import dev.geneva.internal.run.PartitionResult;
import dev.geneva.internal.run.TaskResult;
import dev.geneva.internal.run.Workplace;
import dev.geneva.ray.internal.room.WorkerRequest;
import dev.geneva.ray.internal.wire.WorkerMessage.Begin;
import dev.geneva.ray.internal.wire.WorkerMessage.Skip;
import io.ray.api.Ray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one job on their way through the workers. A thread for each worker takes bundles of
 * tasks off the queue, and waits for its worker; what they share is here. What a lost worker had
 * comes back, so that the others can go on with it. Thread-safe.
 */
final class JobRun {

  private static final long LOOK_MILLIS = 500;
  private static final long SHORTEST_PATIENCE_MILLIS = 200;
  private static final long PATIENCE_MILLIS_PER_WORKER = 2;

  private final RaySession session;
  private final WorkerRequest request;
  private final Begin begin;
  private final String udtf;
  private final Workplace workplace;

  private final Vacancy vacancy;
  private final List<Task> tasks;
  private final int bundles;
  private final Deque<OpenBundle> queue = new ArrayDeque<>();
  private final Map<Task, TaskResult> results = new HashMap<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final AtomicInteger skipped = new AtomicInteger();

  /** Threads that work, each for a worker. */
  private int slots;

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
    this.workplace = workplace;
    this.vacancy = new Vacancy(request, udtf, session::nodes, System::nanoTime);
    this.tasks = bundles.stream().flatMap(bundle -> bundle.tasks().stream()).toList();
    this.bundles = bundles.size();
    for (Bundle bundle : bundles) {
      queue.add(
          new OpenBundle(
              bundle.streamed(),
              bundle.tasks().stream()
                  .map(task -> TaskRun.of(task, udtf, workplace.checkpoints()))
                  .toList()));
    }
  }

  /** Runs all tasks; as {@link dev.geneva.internal.run.TaskEngine#run} says. */
  List<FileGroup> run(String view, int concurrency) {
    int threads = Math.min(concurrency, bundles);
    synchronized (this) {
      slots = threads;
    }
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
    return groups();
  }

  private void work() {
    try (WorkerSlot slot = new WorkerSlot(this)) {
      slot.work();
    } catch (Throwable e) {
      failed(explained(e, workplace.cancellation(), Ray.isInitialized()));
    }
  }

  /**
   * What a failure is to be called. Told to end, a process stops its refresh, and Ray in it ends by
   * itself at the same moment: whatever is asked of Ray then fails for no reason of its own.
   *
   * @param rayIsUp whether this process can use Ray
   */
  static Throwable explained(Throwable error, Cancellation cancellation, boolean rayIsUp) {
    if (error instanceof GenevaException) {
      return error;
    }
    if (!rayIsUp) {
      cancellation.request(); // for the other workers' threads, too
    }
    Throwable stop = stopOr(error, cancellation);
    if (stop != error) {
      stop.addSuppressed(error);
    }
    return stop;
  }

  /** If the refresh was stopped, that is what happened, and else the error. */
  static Throwable stopOr(Throwable error, Cancellation cancellation) {
    try {
      cancellation.check();
      return error;
    } catch (GenevaException stop) {
      return stop;
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

  private synchronized List<FileGroup> groups() {
    if (failures.isEmpty()) {
      workplace.cancellation().check();
      return tasks.stream()
          .sorted(Comparator.comparingInt(Task::ordinal))
          .map(
              task -> {
                TaskResult result = results.get(task);
                if (result == null) {
                  throw new IllegalStateException("Task " + task.ordinal() + " has no result.");
                }
                return result;
              })
          .flatMap(result -> result.groups().stream())
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

  /** How long there has been no worker. */
  Vacancy vacancy() {
    return vacancy;
  }

  /** Whether workers report nothing while they are at work. */
  boolean reportsNothing() {
    return workplace.checkpoints().policy().isOff();
  }

  /**
   * How long a worker may wait for something to report before it answers a look. A driver can make
   * some thousand calls a second; a thousand workers that answered five times a second would take
   * them all.
   */
  synchronized long patienceMillis() {
    return Math.max(SHORTEST_PATIENCE_MILLIS, PATIENCE_MILLIS_PER_WORKER * slots);
  }

  /** The next tasks; null if there are none. */
  synchronized @Nullable OpenBundle next() {
    return queue.poll();
  }

  /** The next tasks, if there are as many for each of the others, too; else null. */
  synchronized @Nullable OpenBundle nextOfMany() {
    return queue.size() < slots ? null : queue.poll();
  }

  /** Tasks that were taken are to be executed by whoever comes first. */
  synchronized void putBack(List<OpenBundle> open) {
    open.forEach(queue::addFirst);
    notifyAll();
  }

  /** Whether there are tasks that nobody has taken. */
  synchronized boolean hasWork() {
    return !queue.isEmpty();
  }

  /**
   * Waits until there are tasks that nobody has taken: a worker that is lost gives its own back.
   *
   * @return false if all are done, or no other is to be begun
   */
  synchronized boolean awaitWork() throws InterruptedException {
    while (!isStopped()) {
      if (!queue.isEmpty()) {
        return true;
      }
      if (results.size() == tasks.size()) {
        return false;
      }
      wait(LOOK_MILLIS);
    }
    return false;
  }

  /** Gives up the place of a worker, if there is another one. */
  synchronized boolean retires() {
    if (slots == 1) {
      return false;
    }
    slots--;
    return true;
  }

  /** Whether no other task is to be begun, for whatever reason. */
  synchronized boolean isEnding() {
    return !failures.isEmpty() || workplace.cancellation().isRequested();
  }

  /** Whether a task has failed. Fails itself if the refresh was cancelled. */
  synchronized boolean isStopped() {
    if (!failures.isEmpty()) {
      return true;
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
    workplace.counters().workers(vacancy.workers(more));
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
      notifyAll();
    }
  }

  /** Something failed; the first decides. */
  synchronized void failed(Throwable error) {
    failures.add(error);
    notifyAll();
  }
}
