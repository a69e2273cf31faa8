package dev.geneva.internal.remote;

import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.json.Json;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.remote.KeyCodec.PlainKey;
import dev.geneva.internal.run.FileGroup;
import dev.geneva.internal.run.PartitionResult;
import dev.geneva.internal.run.TaskResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs, tasks and their results as JSON, for another process. */
public final class TaskCodec {

  private TaskCodec() {}

  private record PlainPartition(
      int ordinal, @Nullable PlainKey key, long rows, DurableBatches durable) {}

  private record PlainTask(int ordinal, boolean streamed, List<PlainPartition> partitions) {}

  /** A partition's result without what the receiver knows: its key. */
  private record Outcome(
      int ordinal,
      long rowsRead,
      long rowsWritten,
      long batchesWritten,
      int attempts,
      @Nullable String skippedBecause) {}

  private record Group(List<StagedFile> files, List<Outcome> partitions) {}

  private record Result(List<Group> groups) {}

  /** Writes a job. */
  public static String write(Job job) {
    return Json.write(job);
  }

  /** Reads a job. */
  public static Job readJob(String json) {
    return Json.read(json, Job.class);
  }

  /** Writes a task. */
  public static String write(Task task) {
    return Json.write(
        new PlainTask(
            task.ordinal(),
            task.streamed(),
            task.partitions().stream()
                .map(
                    partition ->
                        new PlainPartition(
                            partition.ordinal(),
                            partition.key().map(KeyCodec::plain).orElse(null),
                            partition.rows(),
                            partition.durable()))
                .toList()));
  }

  /** Reads a task. */
  public static Task readTask(String json) {
    PlainTask plain = Json.read(json, PlainTask.class);
    return new Task(
        plain.ordinal(),
        plain.partitions().stream()
            .map(
                partition ->
                    new Partition(
                        partition.ordinal(),
                        Optional.ofNullable(partition.key()).map(KeyCodec::key),
                        partition.rows(),
                        partition.durable()))
            .toList(),
        plain.streamed());
  }

  /** Writes a result. */
  public static String write(TaskResult result) {
    return Json.write(new Result(result.groups().stream().map(TaskCodec::plain).toList()));
  }

  /** Writes a part of a result. */
  public static String write(FileGroup group) {
    return Json.write(plain(group));
  }

  private static Group plain(FileGroup group) {
    return new Group(
        group.files(),
        group.partitions().stream()
            .map(
                partition ->
                    new Outcome(
                        partition.partition().ordinal(),
                        partition.rowsRead(),
                        partition.rowsWritten(),
                        partition.batchesWritten(),
                        partition.attempts(),
                        partition.skippedBecause().orElse(null)))
            .toList());
  }

  /**
   * Reads a task's result.
   *
   * @throws IllegalArgumentException if it is another's
   */
  public static TaskResult readResult(Task task, String json) {
    Map<Integer, Partition> partitions = byOrdinal(task);
    return new TaskResult(
        task,
        Json.read(json, Result.class).groups().stream()
            .map(group -> group(partitions, group))
            .toList());
  }

  /** Reads a part of a task's result. Fails as {@link #readResult}. */
  public static FileGroup readGroup(Task task, String json) {
    return group(byOrdinal(task), Json.read(json, Group.class));
  }

  private static Map<Integer, Partition> byOrdinal(Task task) {
    Map<Integer, Partition> partitions = new HashMap<>();
    task.partitions().forEach(partition -> partitions.put(partition.ordinal(), partition));
    return partitions;
  }

  private static FileGroup group(Map<Integer, Partition> partitions, Group group) {
    return new FileGroup(
        group.files(),
        group.partitions().stream().map(outcome -> result(partitions, outcome)).toList());
  }

  private static PartitionResult result(Map<Integer, Partition> partitions, Outcome outcome) {
    Partition partition = partitions.get(outcome.ordinal());
    if (partition == null) {
      throw new IllegalArgumentException("No partition of this task: " + outcome.ordinal());
    }
    return new PartitionResult(
        partition,
        outcome.rowsRead(),
        outcome.rowsWritten(),
        outcome.batchesWritten(),
        outcome.attempts(),
        Optional.ofNullable(outcome.skippedBecause()));
  }
}
