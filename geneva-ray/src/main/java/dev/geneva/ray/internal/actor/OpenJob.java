package dev.geneva.ray.internal.actor;

import dev.geneva.GenevaException;
import dev.geneva.internal.connect.JobSite;
import dev.geneva.internal.connect.WorkerDatabase;
import dev.geneva.internal.remote.TaskCodec;
import dev.geneva.internal.run.Cancellation;
import dev.geneva.internal.run.Counters;
import dev.geneva.internal.run.TaskResult;
import dev.geneva.ray.internal.jars.JarLoader;
import dev.geneva.ray.internal.wire.PlainOptions;
import dev.geneva.ray.internal.wire.WorkerMessage.Begin;
import dev.geneva.ray.internal.wire.WorkerMessage.Run;
import dev.geneva.ray.internal.wire.WorkerMessage.Skip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The job that a worker has open. Thread-safe. */
final class OpenJob implements AutoCloseable {

  private final WorkerDatabase database;
  private final JarLoader jars;
  private final Counters counters = new Counters();
  private final Cancellation cancellation = new Cancellation();
  private final WorkerSkips skips;
  private final JobSite site;
  private final Turns turns = new Turns();
  private final AtomicBoolean tidied = new AtomicBoolean();

  private OpenJob(Begin begin, Mailbox mailbox) {
    database = WorkerDatabase.open(begin.database().options());
    try {
      jars = JarLoader.of(database, begin.jars());
    } catch (RuntimeException | Error e) {
      database.close();
      throw e;
    }
    try {
      skips = new WorkerSkips(begin.partitions());
      JobSite.Terms terms =
          new JobSite.Terms(
              counters,
              skips,
              new PostedCheckpoints(PlainOptions.policy(begin.checkpoints()), mailbox),
              Optional.ofNullable(begin.partitionTimeout()).map(Duration::ofNanos),
              cancellation);
      site =
          jars.call(
              () -> database.site(TaskCodec.readJob(begin.job()), begin.partitioned(), terms));
    } catch (RuntimeException | Error e) {
      jars.close();
      database.close();
      throw e;
    }
    WorkerFolder.deleteLibraries();
  }

  /**
   * Opens a job.
   *
   * @param mailbox for what its tasks make durable
   */
  static OpenJob open(Begin begin, Mailbox mailbox) {
    return new OpenJob(begin, mailbox);
  }

  /**
   * What a task came to.
   *
   * @param result as JSON
   * @param skips of its partitions that were left out
   */
  record Outcome(String result, List<Skip> skips) {}

  /**
   * Executes a task when it is its turn; called by several threads. Its files may be finished while
   * the function is called for the next one.
   *
   * @return empty if it wasn't begun, as another one had failed
   */
  Optional<Outcome> run(Run run) throws InterruptedException {
    if (!turns.await(run.number())) {
      return Optional.empty();
    }
    try {
      skips.begin(run.skipped());
      if (!run.read().isEmpty()) {
        site.read(run.read().stream().map(TaskCodec::readTask).toList());
      }
      List<Skip> skipped = new ArrayList<>();
      Runnable called =
          () -> {
            skipped.addAll(skips.admitted());
            if (run.last()) {
              site.release();
            }
            turns.pass(run.number());
          };
      TaskResult result = jars.call(() -> site.run(TaskCodec.readTask(run.task()), called));
      tidy();
      return Optional.of(new Outcome(TaskCodec.write(result), skipped));
    } catch (Throwable e) {
      stop();
      throw e;
    }
  }

  /** What the first task needs of libraries, all later ones do. */
  private void tidy() {
    if (tidied.compareAndSet(false, true)) {
      WorkerFolder.deleteLibraries();
    }
  }

  /** No other task is to be begun. */
  void stop() {
    turns.stop();
  }

  /** The error of a call that doesn't stop though its time is up. */
  Optional<GenevaException> givenUp() {
    return Optional.ofNullable(site.givenUp().getNow(null));
  }

  Counters counters() {
    return counters;
  }

  void cancel() {
    cancellation.request();
  }

  @Override
  public void close() {
    try (WorkerDatabase closing = database;
        JarLoader loader = jars) {
      site.close();
    }
  }
}
