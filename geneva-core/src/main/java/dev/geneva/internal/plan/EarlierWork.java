package dev.geneva.internal.plan;

import dev.geneva.internal.checkpoint.DurableBatches;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is there already of a plan's output.
 *
 * @param finished partitions that don't run again; none of them in two groups
 * @param begun the first batches of partitions that do, by their places in the order of keys
 */
public record EarlierWork(List<FinishedGroup> finished, Map<Integer, DurableBatches> begun) {

  /** Nothing is. */
  public static final EarlierWork NONE = new EarlierWork(List.of(), Map.of());

  /** Copies the collections. */
  public EarlierWork {
    finished = List.copyOf(finished);
    begun = Map.copyOf(begun);
  }

  /** Finds what is there of the partitions that a digest stands for. */
  @FunctionalInterface
  public interface Search {
    /**
     * Looks.
     *
     * @param digest of the plan's partitions: their keys and numbers of rows
     */
    EarlierWork of(String digest);
  }

  /** The places of the partitions that don't run again. */
  Set<Integer> finishedOrdinals() {
    Set<Integer> ordinals = new HashSet<>();
    finished.forEach(group -> group.partitions().forEach(entry -> ordinals.add(entry.ordinal())));
    return ordinals;
  }

  /** The number of partitions that don't run again. */
  int finishedPartitions(FinishedGroup.Origin origin) {
    return finished.stream()
        .filter(group -> group.origin() == origin)
        .mapToInt(group -> group.partitions().size())
        .sum();
  }

  /** A partition, with what is there of its output. */
  Partition begun(Partition partition) {
    DurableBatches batches = begun.get(partition.ordinal());
    return batches == null ? partition : partition.with(batches);
  }
}
