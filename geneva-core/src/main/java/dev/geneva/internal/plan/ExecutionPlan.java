package dev.geneva.internal.plan;

import dev.geneva.ExecutionMode;
import dev.geneva.RefreshPlan;
import dev.geneva.internal.partition.RowOrdinals;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a refresh runs.
 *
 * @param job what the tasks have in common
 * @param mode how the source is split
 * @param digest of the partitions: their keys and numbers of rows
 * @param ordinals the partition of each of the query's rows; empty if they aren't partitioned
 * @param rows rows that the tasks read
 * @param bytes what they take in memory, about; 0 if that wasn't estimated
 * @param partitionsTotal all partitions of the source
 * @param rowsUncovered rows of the query that the index doesn't cover
 * @param passes what is read in one go, and the tasks that work on it
 * @param finished what needn't run again
 * @param reasons why the figures are what they are, for people
 * @param warnings what the user should know
 */
public record ExecutionPlan(
    Job job,
    ExecutionMode mode,
    String digest,
    Optional<RowOrdinals> ordinals,
    long rows,
    long bytes,
    int partitionsTotal,
    long rowsUncovered,
    List<Pass> passes,
    List<FinishedGroup> finished,
    Map<RefreshPlan.Figure, String> reasons,
    List<String> warnings) {
  /** Copies the lists. */
  public ExecutionPlan {
    passes = List.copyOf(passes);
    finished = List.copyOf(finished);
    reasons = Map.copyOf(reasons);
    warnings = List.copyOf(warnings);
  }

  /** The tasks of all passes, in the order of their partitions' keys. */
  public List<Task> tasks() {
    return passes.stream()
        .flatMap(pass -> pass.tasks().stream())
        .sorted(Comparator.comparingInt(Task::ordinal))
        .toList();
  }

  /** The number of partitions of all tasks. */
  public int partitionsToRun() {
    return tasks().stream().mapToInt(task -> task.partitions().size()).sum();
  }

  /** The number of partitions that needn't run again. */
  public int partitionsFrom(FinishedGroup.Origin origin) {
    return new EarlierWork(finished, Map.of()).finishedPartitions(origin);
  }
}
