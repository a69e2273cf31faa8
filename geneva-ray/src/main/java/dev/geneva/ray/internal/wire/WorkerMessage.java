package dev.geneva.ray.internal.wire;

import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.json.Json;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.run.Counters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a driver and its workers say to each other, as JSON in bytes: all that Ray has to carry. */
public sealed interface WorkerMessage {

  /**
   * A job begins.
   *
   * @param database where it is; may hold secrets
   * @param job the job, as JSON
   * @param partitioned whether its rows' ordinals were shared
   * @param partitions all partitions of the source
   * @param checkpoints when batches are made durable, by {@link PlainOptions#name}
   * @param partitionTimeout of each call, in nanoseconds; null: none
   * @param jars digests of the jars in the database that hold the functions
   */
  record Begin(
      PlainDatabase database,
      String job,
      boolean partitioned,
      int partitions,
      String checkpoints,
      @Nullable Long partitionTimeout,
      List<String> jars)
      implements WorkerMessage {}

  /**
   * A task to be executed, after those that were sent before.
   *
   * @param number the tasks of a worker are numbered from 1; 0 until it is sent
   * @param task the task, as JSON
   * @param read tasks whose rows are to be read first, in one go; none: those that it needs are
   *     there, or it reads by itself
   * @param last whether no later task needs the rows
   * @param skipped partitions that were left out so far
   */
  record Run(long number, String task, List<String> read, boolean last, int skipped)
      implements WorkerMessage {

    /** One that isn't sent yet. */
    public Run(String task, List<String> read, boolean last, int skipped) {
      this(0, task, read, last, skipped);
    }

    /** The same with a number. */
    public Run at(long place) {
      return new Run(place, task, read, last, skipped);
    }
  }

  /**
   * A look at how far a task is.
   *
   * @param acknowledged the last report that was remembered
   * @param error why the one after it can't be; null: it was or there is none
   * @param stop whether no other task is to be begun
   * @param patienceMillis how long the worker may wait for something to report
   */
  record Poll(long acknowledged, @Nullable PlainError error, boolean stop, long patienceMillis)
      implements WorkerMessage {}

  /**
   * What a task has made durable, or given up. The worker waits until it is acknowledged.
   *
   * @param number the reports of a worker are numbered from 1
   * @param partition the partition's ordinal; of a group, its first one's
   * @param batches that are durable; null if it is something else
   * @param group whole partitions that are durable, as JSON; null if it is something else
   * @param dropped files that nobody needs any more; null if it is something else
   */
  record Report(
      long number,
      int partition,
      @Nullable DurableBatches batches,
      @Nullable String group,
      @Nullable List<StagedFile> dropped) {}

  /**
   * An answer.
   *
   * @param error what went wrong; null: nothing
   * @param result of a task, as JSON; null: it wasn't begun, or it is another answer
   * @param skips by which rules its partitions were left out
   * @param reports those that aren't acknowledged yet
   * @param givenUp the error of a call that doesn't stop though its time is up; null: none
   * @param counts what was counted since the job began
   */
  record Answer(
      @Nullable PlainError error,
      @Nullable String result,
      List<Skip> skips,
      List<Report> reports,
      @Nullable PlainError givenUp,
      Counters.Counts counts)
      implements WorkerMessage {}

  /** The limits of the rule by which a partition was left out. */
  record Skip(int maxCount, double maxFraction) {}

  /** The bytes of a message. */
  static byte[] bytes(WorkerMessage message) {
    return Json.write(message).getBytes(StandardCharsets.UTF_8);
  }

  /** The message of bytes. */
  static <T extends WorkerMessage> T of(byte[] bytes, Class<T> type) {
    return Json.read(new String(bytes, StandardCharsets.UTF_8), type);
  }
}
