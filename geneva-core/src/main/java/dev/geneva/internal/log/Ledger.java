package dev.geneva.internal.log;

import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.view.Sidecar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the records since the last commit say of work that is durable, replayed refresh by refresh.
 * Not thread-safe.
 */
public final class Ledger {

  private final Map<String, LogRecord.Planned> plans = new LinkedHashMap<>();
  private final Map<String, Work> work = new HashMap<>();
  private final Set<String> doomed = new HashSet<>();
  private final Set<String> ended = new HashSet<>();

  private Ledger() {}

  /** The work of one refresh, with what it adopted. */
  private static final class Work {
    private final List<LogRecord.PartitionsDone> done = new ArrayList<>();
    private final Map<Integer, DurableBatches> begun = new HashMap<>();

    void add(Work other) {
      done.addAll(other.done);
      begun.putAll(other.begun);
    }

    void drop(Set<Integer> partitions) {
      begun.keySet().removeAll(partitions);
      done.removeIf(
          group ->
              group.partitions().stream()
                  .map(Sidecar.Entry::ordinal)
                  .anyMatch(partitions::contains));
    }
  }

  /** Replays the end of a log. */
  public static Ledger of(LogTail tail) {
    Ledger ledger = new Ledger();
    tail.records().forEach(ledger::replay);
    return ledger;
  }

  private void replay(LogRecord logRecord) {
    Work own = work.computeIfAbsent(logRecord.refreshId(), id -> new Work());
    if (logRecord instanceof LogRecord.Planned planned) {
      plans.put(planned.refreshId(), planned);
    } else if (logRecord instanceof LogRecord.Adopted adopted) {
      adopted.from().forEach(id -> own.add(work.getOrDefault(id, new Work())));
    } else if (logRecord instanceof LogRecord.BatchesDurable more) {
      own.begun.merge(more.partition(), more.batches(), DurableBatches::plus);
    } else if (logRecord instanceof LogRecord.PartitionsDone group) {
      group.partitions().forEach(partition -> own.begun.remove(partition.ordinal()));
      own.done.add(group);
    } else if (logRecord instanceof LogRecord.Dropped dropped) {
      own.drop(Set.copyOf(dropped.partitions()));
    } else if (logRecord instanceof LogRecord.DeleteIntent intent) {
      doomed.addAll(intent.files());
    } else if (logRecord instanceof LogRecord.Failed failed) {
      ended.add(failed.refreshId());
    }
  }

  /** The plans of refreshes that didn't commit, in the order of the log. */
  public List<LogRecord.Planned> plans() {
    return List.copyOf(plans.values());
  }

  /** The files that a refresh could still make use of. */
  public Set<String> files() {
    return filesOf(work.keySet());
  }

  /**
   * The files of refreshes that said that they ended without a commit, and so will never make one.
   *
   * @param others refreshes whose files don't count, whoever else has them, too
   */
  public List<String> endedWithout(List<String> others) {
    Set<String> files = filesOf(ended);
    files.removeAll(filesOf(others));
    // What lives may have adopted it.
    Set<String> living = new HashSet<>(work.keySet());
    living.removeAll(ended);
    files.removeAll(filesOf(living));
    return files.stream().sorted().toList();
  }

  private Set<String> filesOf(Collection<String> refreshes) {
    Set<String> files = new HashSet<>();
    for (String id : refreshes) {
      Work left = work.getOrDefault(id, new Work());
      left.done.forEach(group -> remember(group.files(), files));
      left.begun.values().forEach(batches -> remember(batches.files(), files));
    }
    files.removeAll(doomed);
    return files;
  }

  private static void remember(List<StagedFile> staged, Set<String> files) {
    staged.forEach(file -> files.add(file.path()));
  }

  /**
   * What refreshes have left together. Where two did the same work apart, that of the earlier one
   * counts, and a finished partition more than a begun one.
   *
   * @param refreshes which, in the order of the log; all of the same plan
   */
  public Leftovers of(List<String> refreshes) {
    List<LogRecord.PartitionsDone> done = new ArrayList<>();
    Set<Integer> finished = new HashSet<>();
    for (String id : refreshes) {
      for (LogRecord.PartitionsDone group : work.getOrDefault(id, new Work()).done) {
        List<Integer> partitions = group.partitions().stream().map(Sidecar.Entry::ordinal).toList();
        if (isThere(group.files()) && partitions.stream().noneMatch(finished::contains)) {
          done.add(group);
          finished.addAll(partitions);
        }
      }
    }
    Map<Integer, DurableBatches> begun = new HashMap<>();
    for (String id : refreshes) {
      work.getOrDefault(id, new Work())
          .begun
          .forEach(
              (partition, batches) -> {
                if (isThere(batches.files()) && !finished.contains(partition)) {
                  begun.merge(partition, batches, Ledger::longer);
                }
              });
    }
    return new Leftovers(refreshes, done, begun);
  }

  private boolean isThere(List<StagedFile> staged) {
    return staged.stream().noneMatch(file -> doomed.contains(file.path()));
  }

  private static DurableBatches longer(DurableBatches a, DurableBatches b) {
    return b.marks().size() > a.marks().size() ? b : a;
  }
}
