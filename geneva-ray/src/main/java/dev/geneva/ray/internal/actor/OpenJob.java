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
import java.util.List;
import java.util.Optional;

/** The job that a worker has open. Used by one thread, but for {@link #cancel} and the counters. */
final class OpenJob implements AutoCloseable {

  private final WorkerDatabase database;
  private final JarLoader jars;
  private final Counters counters = new Counters();
  private final Cancellation cancellation = new Cancellation();
  private final WorkerSkips skips;
  private final JobSite site;
  private boolean tidied;

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

  Outcome run(Run run) {
    skips.begin(run.skipped());
    try {
      if (!run.read().isEmpty()) {
        site.read(run.read().stream().map(TaskCodec::readTask).toList());
      }
      TaskResult result = jars.call(() -> site.run(TaskCodec.readTask(run.task())));
      return new Outcome(TaskCodec.write(result), skips.admitted());
    } finally {
      if (run.last()) {
        site.release();
      }
      if (!tidied) {
        WorkerFolder.deleteLibraries(); // what the first task needs, all later ones do
        tidied = true;
      }
    }
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
