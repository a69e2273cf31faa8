package dev.geneva.internal.log;

import dev.geneva.internal.checkpoint.DurableBatches;
import java.util.List;
import java.util.Map;

/**
 * What refreshes that didn't commit have left of a plan's work.
 *
 * @param refreshes those that left it, in the order of the log
 * @param done groups of finished partitions; none of them in two groups
 * @param begun the first batches of partitions that aren't finished, by the partitions' places in
 *     the order of keys
 */
public record Leftovers(
    List<String> refreshes,
    List<LogRecord.PartitionsDone> done,
    Map<Integer, DurableBatches> begun) {

  /** Nothing. */
  public static final Leftovers NONE = new Leftovers(List.of(), List.of(), Map.of());

  /** Copies the collections. */
  public Leftovers {
    refreshes = List.copyOf(refreshes);
    done = List.copyOf(done);
    begun = Map.copyOf(begun);
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return done.isEmpty() && begun.isEmpty();
  }
}
