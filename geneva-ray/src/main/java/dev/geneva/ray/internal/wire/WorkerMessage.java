package dev.geneva.ray.internal.wire;

import dev.geneva.internal.json.Json;
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
   * @param jars digests of the jars in the database that hold the functions
   */
  record Begin(
      PlainDatabase database, String job, boolean partitioned, int partitions, List<String> jars)
      implements WorkerMessage {}

  /**
   * A task begins.
   *
   * @param task the task, as JSON
   * @param skipped partitions that were left out so far
   */
  record Run(String task, int skipped) implements WorkerMessage {}

  /**
   * An answer.
   *
   * @param error what went wrong; null: nothing
   * @param result of a task, as JSON
   * @param skips by which rules its partitions were left out
   * @param counts what was counted since the job began
   */
  record Answer(
      @Nullable PlainError error, @Nullable String result, List<Skip> skips, Counters.Counts counts)
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
