package dev.geneva.ray.internal.driver;

import dev.geneva.GenevaException;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.remote.TaskCodec;
import dev.geneva.internal.run.Counters.Counts;
import dev.geneva.internal.run.TaskResult;
import dev.geneva.ray.internal.wire.WorkerMessage.Answer;
import dev.geneva.ray.internal.wire.WorkerMessage.Report;
import dev.geneva.ray.internal.wire.WorkerMessage.Run;
import io.ray.api.ObjectRef;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one worker in a job: the worker that is there now, or none. The tasks of a lost one
 * go back to where all workers take theirs from, and another is asked for; what the lost one may
 * still be doing nobody listens to any more, and the files that it writes nobody names. Used by one
 * thread.
 */
final class WorkerSlot implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerSlot.class);

  /** How long to wait for an answer before something else is looked at. */
  private static final int POLL_MILLIS = 500;

  private static final int QUICK_MILLIS = 50;

  /** Tasks that a worker has at a time: it calls the function for one, and has the next at hand. */
  private static final int AT_A_TIME = 2;

  /** After that, a function that doesn't stop is killed with its worker. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final JobRun run;

  /** Workers that died before they began, since the last one that did. */
  private Losses waiting;

  /** What the worker was told to execute and hasn't answered yet, in that order. */
  private final Deque<Flight> flights = new ArrayDeque<>();

  private @Nullable Worker worker;
  private @Nullable OpenBundle bundle;

  /** Whether the worker has read the rows of the bundle. */
  private boolean rowsRead;

  /** What the worker had counted when it was last asked. */
  private Counts counted = Counts.NONE;

  /** What of that counts for tasks that are done. */
  private Counts settled = Counts.NONE;

  private Inbox inbox = new Inbox();

  /** The look at the worker that is under way. */
  private @Nullable ObjectRef<byte[]> look;

  private long cancelledAt;

  WorkerSlot(JobRun run) {
    this.run = run;
    this.waiting = noLosses(run);
  }

  private static Losses noLosses(JobRun run) {
    return new Losses("before they began with " + run.udtf());
  }

  /**
   * A task that a worker executes, or will when it has done the one before.
   *
   * @param kept what its finished partitions counted for when it was sent
   */
  private record Flight(TaskRun task, OpenBundle bundle, ObjectRef<byte[]> answer, Counts kept) {}

  /** Executes tasks until there are none, or this place is given up. */
  void work() throws InterruptedException {
    while (true) {
      if (!run.hasWork()) {
        close(); // others need the room more than a worker that waits
      }
      if (!run.awaitWork()) {
        return;
      }
      try {
        Worker ready = ready();
        if (ready != null) {
          execute(ready);
        }
      } catch (WorkerLostException e) {
        if (!replaces(e)) {
          return;
        }
      }
    }
  }

  private void execute(Worker ready) throws WorkerLostException {
    launch(ready);
    while (!flights.isEmpty()) {
      land(ready);
      launch(ready);
    }
  }

  private void launch(Worker ready) throws WorkerLostException {
    while (flights.size() < AT_A_TIME && !run.isEnding()) {
      OpenBundle from = bundle();
      TaskRun next = from == null ? null : from.take();
      if (from == null || next == null) {
        return;
      }
      Task rest = next.state().rest();
      if (rest.partitions().isEmpty()) {
        run.done(next.state().result(null), List.of()); // its last worker died a little too late
        continue;
      }
      boolean sent = false;
      try {
        Counts kept = next.state().counts();
        flights.add(new Flight(next, from, ready.run(message(next, rest, from)), kept));
        sent = true;
      } finally {
        if (!sent) {
          from.putBack(next);
        }
      }
    }
  }

  /**
   * The bundle at hand, or another one if that is empty. One in advance is taken only where there
   * are enough for all: it might have to wait here.
   */
  private @Nullable OpenBundle bundle() {
    if (bundle == null || bundle.isEmpty()) {
      bundle = flights.isEmpty() ? run.next() : run.nextOfMany();
      rowsRead = false;
    }
    return bundle;
  }

  /** The first task that a worker executes of a bundle reads the rows of those that are left. */
  private Run message(TaskRun next, Task rest, OpenBundle from) {
    boolean reads = !rowsRead && !from.isStreamed() && run.begin().partitioned();
    rowsRead = true;
    List<String> read = new ArrayList<>();
    if (reads) {
      read.add(TaskCodec.write(next.task()));
      from.tasks().forEach(task -> read.add(TaskCodec.write(task)));
    }
    return new Run(TaskCodec.write(rest), read, from.isEmpty(), run.skipped());
  }

  /** Waits until a task has ended. */
  private void land(Worker ready) throws WorkerLostException {
    if (run.reportsNothing() && look == null) {
      // So a short task is over before anybody has to look.
      Flight first = flights.getFirst();
      Answer soon = ready.tryGet(first.answer(), QUICK_MILLIS);
      if (soon != null) {
        landed(first, soon);
        return;
      }
    }
    while (true) {
      ObjectRef<byte[]> looking =
          look == null ? ready.poll(inbox.poll(run.isEnding(), run.patienceMillis())) : look;
      look = looking;
      ObjectRef<byte[]> there = ready.await(awaited(looking), POLL_MILLIS);
      if (there == looking) {
        look = null;
        Answer seen = ready.get(looking);
        count(seen);
        inbox.take(seen.reports(), this::remember);
        if (seen.givenUp() != null) {
          throw stuck(thrown(seen.givenUp().error()));
        }
      } else if (there != null) {
        landed(flight(there), ready.get(there));
        return;
      }
      stopIfCancelled(ready);
    }
  }

  private List<ObjectRef<byte[]>> awaited(ObjectRef<byte[]> looking) {
    List<ObjectRef<byte[]>> all = new ArrayList<>();
    flights.forEach(flight -> all.add(flight.answer()));
    all.add(looking);
    return all;
  }

  private Flight flight(ObjectRef<byte[]> answer) {
    return flights.stream().filter(flight -> flight.answer() == answer).findFirst().orElseThrow();
  }

  private void remember(Report report) {
    flights.stream()
        .map(flight -> flight.task().state())
        .filter(state -> state.has(report))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("A report on no task: " + report))
        .take(report);
  }

  private void landed(Flight flight, Answer answer) {
    flights.remove(flight);
    count(answer);
    if (answer.error() != null) {
      // If the refresh was stopped, it knows why, and the worker doesn't.
      run.failed(JobRun.stopOr(thrown(answer.error().error()), run.workplace().cancellation()));
    } else if (answer.result() != null) {
      TaskResult result = flight.task().state().result(answer.result());
      settled = settled.plus(TaskState.counts(result).since(flight.kept()));
      run.done(result, answer.skips());
    } // else it wasn't begun, as another one had failed
  }

  private static RuntimeException thrown(Throwable error) {
    if (error instanceof Error serious) {
      throw serious;
    }
    return error instanceof RuntimeException unchecked
        ? unchecked
        : new GenevaException(String.valueOf(error.getMessage()), error);
  }

  private void stopIfCancelled(Worker ready) throws WorkerLostException {
    if (run.workplace().cancellation().isRequested()) {
      if (cancelledAt == 0) {
        cancelledAt = System.nanoTime();
        count(ready.get(ready.cancel()));
      } else if (System.nanoTime() - cancelledAt > GRACE.toNanos()) {
        throw stuck(null);
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
    Counts now = counted.orLater(answer.counts());
    run.workplace().counters().add(now.since(counted));
    counted = now;
  }

  /**
   * The worker, which has begun with the job.
   *
   * @return null if others have taken the tasks meanwhile
   */
  private @Nullable Worker ready() throws WorkerLostException {
    if (worker != null) {
      return worker;
    }
    Worker requested = Worker.request(run.session(), run.request(), run.begin().database());
    boolean begun = false;
    try {
      ObjectRef<byte[]> answer = requested.begin(run.begin());
      while (!requested.hasBegun(POLL_MILLIS)) {
        if (run.isStopped() || !run.hasWork()) {
          return null;
        }
        run.vacancy().check();
      }
      Answer first = requested.get(answer);
      if (first.error() != null) {
        throw thrown(first.error().error());
      }
      begun = true;
    } finally {
      if (!begun) {
        run.session().dismiss(requested);
      }
    }
    worker = requested;
    waiting = noLosses(run);
    inbox = new Inbox();
    rowsRead = false;
    run.workers(1);
    return requested;
  }

  /**
   * Gives back what a lost worker was to execute.
   *
   * @return whether another worker is to take its place
   */
  private boolean replaces(WorkerLostException loss) throws InterruptedException {
    Losses losses = flights.isEmpty() ? waiting : flights.getFirst().task().losses();
    giveBack();
    close();
    run.session().requireNode();
    if (loss.isOutOfMemory() && run.retires()) {
      LOG.warn("A worker was lost ({}); the others do without it", loss.getMessage());
      return false;
    }
    if (losses == waiting && run.vacancy().isFilled()) {
      losses.forgive();
    }
    Duration pause = losses.add(loss);
    LOG.warn("A worker was lost ({}); another one takes its place", loss.getMessage());
    run.workplace().cancellation().pause(pause);
    return true;
  }

  private void giveBack() {
    // What it had counted of these tasks doesn't count, but for what it has finished.
    Counts count = settled;
    for (Flight flight : flights) {
      count = count.plus(flight.task().state().counts().since(flight.kept()));
    }
    run.workplace().counters().add(count.since(counted));
    List<OpenBundle> open = new ArrayList<>();
    if (bundle != null && !bundle.isEmpty()) {
      open.add(bundle);
    }
    for (Iterator<Flight> last = flights.descendingIterator(); last.hasNext(); ) {
      Flight flight = last.next();
      flight.bundle().putBack(flight.task());
      if (!open.contains(flight.bundle())) {
        open.add(flight.bundle());
      }
    }
    flights.clear();
    bundle = null;
    run.putBack(open);
  }

  @Override
  public void close() {
    Worker closing = worker;
    worker = null;
    look = null;
    counted = Counts.NONE;
    settled = Counts.NONE;
    if (closing != null) {
      run.workers(-1);
      closing.close();
    }
  }
}
