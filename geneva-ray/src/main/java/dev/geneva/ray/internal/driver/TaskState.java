package dev.geneva.ray.internal.driver;

import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.remote.TaskCodec;
import dev.geneva.internal.run.Checkpoints;
import dev.geneva.internal.run.Counters.Counts;
import dev.geneva.internal.run.FileGroup;
import dev.geneva.internal.run.PartitionResult;
import dev.geneva.internal.run.TaskResult;
import dev.geneva.ray.internal.wire.WorkerMessage.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a task is, by what its workers have made durable: if one is lost, the next goes on from
 * there. Used by one thread.
 */
final class TaskState {

  private final Task task;
  private final Checkpoints checkpoints;
  private final Map<Integer, DurableBatches> durable = new HashMap<>();
  private final List<FileGroup> finished = new ArrayList<>();
  private final Set<Integer> done = new HashSet<>();

  /**
   * A task that no worker has begun.
   *
   * @param checkpoints the refresh's owner's
   */
  TaskState(Task task, Checkpoints checkpoints) {
    this.task = task;
    this.checkpoints = checkpoints;
    task.partitions().forEach(partition -> durable.put(partition.ordinal(), partition.durable()));
  }

  /** What is left of it. May have no partitions. */
  Task rest() {
    return new Task(
        task.ordinal(),
        task.partitions().stream()
            .filter(partition -> !done.contains(partition.ordinal()))
            .map(partition -> partition.with(durable(partition.ordinal())))
            .toList(),
        task.streamed());
  }

  private DurableBatches durable(int partition) {
    return durable.getOrDefault(partition, DurableBatches.NONE);
  }

  /**
   * Remembers a report on it.
   *
   * @throws RuntimeException if that isn't possible
   */
  void take(Report report) {
    if (report.batches() != null) {
      checkpoints.durable(partition(report.partition()), report.batches());
      durable.merge(report.partition(), report.batches(), DurableBatches::plus);
    } else if (report.group() != null) {
      FileGroup group = TaskCodec.readGroup(task, report.group());
      checkpoints.finished(group);
      finished.add(group);
      group.partitions().forEach(result -> done.add(result.partition().ordinal()));
    } else if (report.dropped() != null) {
      checkpoints.dropped(partition(report.partition()), report.dropped());
      durable.put(report.partition(), DurableBatches.NONE);
    }
  }

  private Partition partition(int ordinal) {
    return task.partitions().stream()
        .filter(partition -> partition.ordinal() == ordinal)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No partition of the task: " + ordinal));
  }

  /** Whether a report is on this task. */
  boolean has(Report report) {
    return durable.containsKey(report.partition());
  }

  /** What the partitions count for that are finished. */
  Counts counts() {
    return counts(finished, 0);
  }

  /** What a whole task counts for. */
  static Counts counts(TaskResult result) {
    return counts(result.groups(), 1);
  }

  private static Counts counts(List<FileGroup> groups, int tasks) {
    Counts sum = new Counts(0, 0, 0, 0, tasks);
    for (FileGroup group : groups) {
      for (PartitionResult result : group.partitions()) {
        sum =
            sum.plus(
                new Counts(result.rowsRead(), result.rowsWritten(), result.batchesWritten(), 1, 0));
      }
    }
    return sum;
  }

  /**
   * The whole task's result.
   *
   * @param last what the last worker gave, of {@link #rest} when it began; null if nothing was left
   */
  TaskResult result(@Nullable String last) {
    List<FileGroup> groups = new ArrayList<>();
    Set<Integer> there = new HashSet<>();
    if (last != null) {
      TaskCodec.readResult(task, last).groups().forEach(group -> add(group, groups, there));
    }
    // What an earlier worker had finished; the last one repeats what it has finished itself.
    finished.stream()
        .filter(group -> !there.contains(group.first()))
        .toList()
        .forEach(group -> add(group, groups, there));
    groups.sort(Comparator.comparingInt(FileGroup::first));
    return new TaskResult(task, groups);
  }

  private static void add(FileGroup group, List<FileGroup> groups, Set<Integer> there) {
    groups.add(group);
    for (PartitionResult result : group.partitions()) {
      there.add(result.partition().ordinal());
    }
  }
}
