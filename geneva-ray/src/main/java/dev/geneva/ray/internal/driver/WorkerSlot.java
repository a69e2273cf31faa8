package dev.geneva.ray.internal.driver;

import dev.geneva.ResourcesUnavailableException;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.remote.TaskCodec;
import dev.geneva.internal.run.Counters.Counts;
import dev.geneva.ray.internal.wire.WorkerMessage.Answer;
import dev.geneva.ray.internal.wire.WorkerMessage.Run;
import io.ray.api.ObjectRef;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one worker in a job: the worker that is there now, or none. A lost one is replaced,
 * and its task begins anew; what a lost one may still be doing nobody listens to any more, and the
 * files that it writes nobody names. Used by one thread.
 */
final class WorkerSlot implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerSlot.class);

  /** How long to wait for an answer before something else is looked at. */
  private static final int POLL_MILLIS = 500;

  private static final int QUICK_MILLIS = 50;

  /** After that, it isn't a busy cluster any more that keeps a worker waiting. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** After that, a function that doesn't stop is killed with its worker. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final JobRun run;

  private @Nullable Worker worker;

  /** The worker that has read the rows of the present bundle. */
  private @Nullable Worker reader;

  /** What the present worker had counted when it was last asked. */
  private Counts counted = Counts.NONE;

  /** The last of its reports that was remembered. */
  private long reports;

  WorkerSlot(JobRun run) {
    this.run = run;
  }

  /** Executes tasks until there are none. */
  void work() throws InterruptedException {
    Losses waiting = new Losses("before they began with " + run.udtf());
    while (!run.isOver()) {
      Worker ready;
      try {
        ready = ready(run::isOver);
      } catch (WorkerLostException e) {
        replace(e, waiting);
        continue;
      }
      Bundle bundle = ready == null ? null : run.next();
      if (ready == null || bundle == null) {
        return;
      }
      execute(bundle);
    }
  }

  private void execute(Bundle bundle) throws InterruptedException {
    reader = null; // whoever has read something, it was another bundle's
    for (int i = 0; i < bundle.tasks().size(); i++) {
      if (run.isStopped()) {
        return;
      }
      execute(bundle.tasks().get(i), bundle, i);
    }
  }

  private void execute(Task task, Bundle bundle, int place) throws InterruptedException {
    Losses losses = new Losses("while they executed " + run.udtf() + label(task));
    TaskState state = new TaskState(task, run.workplace().checkpoints());
    while (true) {
      Counts before = counted;
      Counts kept = state.counts();
      try {
        Task rest = state.rest();
        if (rest.partitions().isEmpty()) {
          run.done(state.result(null), List.of());
          return;
        }
        Worker ready = ready(run::isStopped);
        if (ready == null) {
          return; // another task failed
        }
        before = counted;
        Answer answer = answer(ready, message(ready, rest, bundle, place), state);
        if (answer.error() != null) {
          // If the refresh was stopped, it knows why, and the worker doesn't.
          run.workplace().cancellation().check();
          throw thrown(answer.error().error());
        }
        run.done(state.result(answer.result()), answer.skips());
        return;
      } catch (WorkerLostException e) {
        // What it had counted of this task doesn't count, but for what it has finished.
        run.workplace().counters().add(before.since(counted));
        run.workplace().counters().add(state.counts().since(kept));
        replace(e, losses);
      }
    }
  }

  private static RuntimeException thrown(Throwable error) {
    if (error instanceof Error serious) {
      throw serious;
    }
    return error instanceof RuntimeException unchecked
        ? unchecked
        : new dev.geneva.GenevaException(String.valueOf(error.getMessage()), error);
  }

  private static String label(Task task) {
    int more = task.partitions().size() - 1;
    return task.partitions().get(0).label() + (more > 0 ? " and " + more + " more" : "");
  }

  /** The first task that a worker executes of a bundle reads the rows of those that are left. */
  private Run message(Worker ready, Task rest, Bundle bundle, int place) {
    List<Task> left = bundle.tasks().subList(place, bundle.tasks().size());
    boolean reads = reader != ready && !bundle.streamed();
    reader = ready;
    return new Run(
        TaskCodec.write(rest),
        reads && run.begin().partitioned()
            ? left.stream().map(TaskCodec::write).toList()
            : List.of(),
        left.size() == 1,
        run.skipped());
  }

  private Answer answer(Worker ready, Run message, TaskState state) throws WorkerLostException {
    state.begin(reports);
    ObjectRef<byte[]> answer = ready.run(message);
    if (run.workplace().checkpoints().policy().isOff()) {
      // Nothing is reported, so a short task is over before anybody has to look.
      Answer soon = ready.tryGet(answer, QUICK_MILLIS);
      if (soon != null) {
        count(soon);
        return soon;
      }
    }
    long cancelledAt = 0;
    ObjectRef<byte[]> look = ready.poll(state.poll());
    while (true) {
      ObjectRef<byte[]> there = Worker.await(List.of(answer, look), POLL_MILLIS);
      if (there == answer) {
        Answer last = ready.get(answer);
        count(last);
        return last;
      }
      if (there == look) {
        Answer seen = ready.get(look);
        count(seen);
        state.take(seen.reports());
        reports = state.acknowledged();
        if (seen.givenUp() != null) {
          throw stuck(thrown(seen.givenUp().error()));
        }
        look = ready.poll(state.poll());
      }
      if (run.workplace().cancellation().isRequested()) {
        if (cancelledAt == 0) {
          cancelledAt = System.nanoTime();
          count(ready.get(ready.cancel()));
        } else if (System.nanoTime() - cancelledAt > GRACE.toNanos()) {
          throw stuck(null);
        }
      }
    }
  }

  /**
   * The function doesn't stop: other than in the application's process, it can be killed.
   *
   * @param because null if the refresh was stopped, and knows why
   */
  private RuntimeException stuck(@Nullable RuntimeException because) {
    Worker stuck = worker;
    worker = null;
    if (stuck != null) {
      run.workers(-1);
      stuck.kill();
    }
    if (because != null) {
      return because;
    }
    run.workplace().cancellation().check();
    return new IllegalStateException("A refresh was cancelled and goes on.");
  }

  private void count(Answer answer) {
    run.workplace().counters().add(answer.counts().since(counted));
    counted = answer.counts();
  }

  /**
   * The worker, which has begun with the job.
   *
   * @return null if it is no longer needed
   */
  private @Nullable Worker ready(BooleanSupplier needless) throws WorkerLostException {
    if (worker != null) {
      return worker;
    }
    Worker requested = Worker.request(run.session(), run.request());
    boolean begun = false;
    try {
      ObjectRef<byte[]> answer = requested.begin(run.begin());
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (Worker.await(List.of(answer), POLL_MILLIS) == null) {
        if (needless.getAsBoolean()) {
          return null;
        }
        if (System.nanoTime() > deadline) {
          throw new ResourcesUnavailableException(
              "No worker for %s with %s came in %d minutes: the cluster is busy with other work."
                  .formatted(
                      run.udtf(),
                      WorkerRequest.describe(run.request().resources()),
                      PATIENCE.toMinutes()));
        }
      }
      Answer first = requested.get(answer);
      if (first.error() != null) {
        throw thrown(first.error().error());
      }
      begun = true;
    } finally {
      if (!begun) {
        requested.kill();
      }
    }
    worker = requested;
    counted = Counts.NONE;
    reports = 0;
    run.workers(1);
    return requested;
  }

  private void replace(WorkerLostException loss, Losses losses) throws InterruptedException {
    close();
    Duration pause = losses.add(loss);
    LOG.warn("A worker was lost ({}); another one takes its place", loss.getMessage());
    run.workplace().cancellation().pause(pause);
  }

  @Override
  public void close() {
    Worker closing = worker;
    worker = null;
    if (closing != null) {
      run.workers(-1);
      closing.close();
    }
  }
}
