package dev.geneva.internal.refresh;

import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.inspect.Inspection;
import dev.geneva.internal.inspect.Inspector;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.log.Ledger;
import dev.geneva.internal.log.Leftovers;
import dev.geneva.internal.log.LogRecord;
import dev.geneva.internal.log.LogTail;
import dev.geneva.internal.log.RefreshLog;
import dev.geneva.internal.plan.EarlierWork;
import dev.geneva.internal.plan.FinishedGroup;
import dev.geneva.internal.plan.FinishedGroup.Origin;
import dev.geneva.internal.view.CommittedState;
import dev.geneva.internal.view.Sidecar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What earlier refreshes have left of a refresh's work: in the view, if only partitions that were
 * left out have to run, and in the log, if some didn't commit. Files are looked at before anybody
 * relies on them.
 */
final class EarlierRefreshes {

  private static final Logger LOG = LoggerFactory.getLogger(EarlierRefreshes.class);

  private final LanceStorage storage;
  private final RefreshLog log;

  EarlierRefreshes(LanceStorage storage, RefreshLog log) {
    this.storage = storage;
    this.log = log;
  }

  /**
   * What was found.
   *
   * @param work for the plan
   * @param adopted the refreshes whose records it relies on, in the order of the log
   * @param unusable the partitions in these records that nothing can be done with
   * @param superseded files of refreshes that ended and computed something else
   */
  record Found(
      EarlierWork work, List<String> adopted, List<Integer> unusable, List<String> superseded) {}

  /**
   * Looks.
   *
   * @param tail the end of the view's log
   * @param digest of the plan's partitions
   * @param resume whether to use what interrupted refreshes left
   */
  Found find(Inspection inspection, LogTail tail, String digest, boolean resume) {
    List<FinishedGroup> finished = new ArrayList<>(inTheView(inspection));
    Set<Integer> done = new HashSet<>();
    finished.forEach(group -> add(group.partitions(), done));
    Ledger ledger = Ledger.of(tail);
    List<String> same = sameWork(ledger, inspection, digest);
    Leftovers left = resume ? ledger.of(same) : Leftovers.NONE;
    List<Integer> unusable = new ArrayList<>();
    for (LogRecord.PartitionsDone group : left.done()) {
      boolean overlaps = group.partitions().stream().anyMatch(p -> done.contains(p.ordinal()));
      if (!overlaps && areWhole(inspection.view().name(), group.files())) {
        finished.add(
            new FinishedGroup(group.files(), group.partitions(), Origin.INTERRUPTED_REFRESH));
        add(group.partitions(), done);
      } else {
        add(group.partitions(), unusable);
      }
    }
    Map<Integer, DurableBatches> begun = new HashMap<>();
    left.begun()
        .forEach(
            (partition, batches) -> {
              if (!done.contains(partition)
                  && areWhole(inspection.view().name(), batches.files())) {
                begun.put(partition, batches);
              } else {
                unusable.add(partition);
              }
            });
    return new Found(
        new EarlierWork(finished, begun),
        left.isEmpty() ? List.of() : left.refreshes(),
        unusable,
        ledger.endedWithout(same));
  }

  private static void add(List<Sidecar.Entry> partitions, Collection<Integer> ordinals) {
    partitions.forEach(partition -> ordinals.add(partition.ordinal()));
  }

  /** All but the partitions that were left out, if nothing else has changed. */
  private List<FinishedGroup> inTheView(Inspection inspection) {
    if (!inspection.onlySkipped()) {
      return List.of();
    }
    Optional<Sidecar> sidecar =
        inspection.committed().map(CommittedState::sidecar).flatMap(log::sidecar).map(Sidecar::of);
    Map<String, StagedFile> files = inspection.view().stagedFiles();
    return sidecar.map(Sidecar::groups).orElse(List.of()).stream()
        .filter(group -> !group.isSkipped())
        .map(group -> inTheView(group, files))
        .toList();
  }

  private static FinishedGroup inTheView(Sidecar.Group group, Map<String, StagedFile> files) {
    return new FinishedGroup(
        group.files().stream()
            .map(
                path ->
                    Optional.ofNullable(files.get(path))
                        .orElseThrow(
                            () -> new IllegalStateException("The view has no file " + path)))
            .toList(),
        group.partitions(),
        Origin.VIEW);
  }

  /** The refreshes that would have computed the same. */
  private List<String> sameWork(Ledger ledger, Inspection inspection, String digest) {
    Inspector inspector = new Inspector(storage);
    return ledger.plans().stream()
        .filter(plan -> plan.digest().equals(digest))
        .filter(plan -> inspector.sameOutput(plan.identity(), inspection))
        .map(LogRecord.Planned::refreshId)
        .toList();
  }

  /** A storage that doesn't answer is an error, and no reason to do hours of work again. */
  private boolean areWhole(String view, List<StagedFile> files) {
    for (StagedFile file : files) {
      if (!storage.files(view).isWhole(file)) {
        LOG.warn(
            "File {} of view {} is missing or damaged; its partitions are computed again",
            file.path(),
            view);
        return false;
      }
    }
    return true;
  }
}
