package dev.geneva.internal.protocol;

import dev.geneva.CleanUpOptions;
import dev.geneva.GenevaException;
import dev.geneva.StorageException;
import dev.geneva.internal.checkpoint.BatchMark;
import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.clean.ViewCleanUp;
import dev.geneva.internal.commit.ViewSwap;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.log.LeaseWatch;
import dev.geneva.internal.log.Ledger;
import dev.geneva.internal.log.Leftovers;
import dev.geneva.internal.log.LogRecord;
import dev.geneva.internal.log.Ownership;
import dev.geneva.internal.log.RefreshLog;
import dev.geneva.internal.view.CommittedState;
import dev.geneva.internal.view.RefreshIdentity;
import dev.geneva.internal.view.Sidecar;
import dev.geneva.internal.view.SourceIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One actor's refreshes, in the order of steps of {@code internal.refresh.Refresh}, of a view with
 * two partitions: the first in two files, so that it can be begun.
 */
final class SmallRefresh {

  private static final Duration LEASE = Duration.ofSeconds(30);

  private final SharedView shared;
  private final SteppedView view;
  private final RefreshLog log;
  private final Interleavings.Actor actor;
  private final String domain;
  private final boolean retries;
  private int refreshes;
  private boolean failing;

  /**
   * Prepares.
   *
   * @param retries whether what it finds begun fails and is dropped
   */
  SmallRefresh(SharedView shared, Interleavings.Actor actor, SteppedStore store, boolean retries) {
    this.shared = shared;
    this.view = new SteppedView(shared, actor);
    // Between two looks at the log there is always time for a lease to end.
    AtomicLong clock = new AtomicLong();
    this.log =
        new RefreshLog(
            "view", "view", store, new LeaseWatch(LEASE, () -> clock.addAndGet(LEASE.toNanos())));
    this.actor = actor;
    this.domain = store.domain();
    this.retries = retries;
  }

  /** Refreshes from a version of the source; gives up after some looks at another's log. */
  void refresh(int source) {
    for (int look = 0; look < 3; look++) {
      try {
        if (tryRefresh(source)) {
          return;
        }
      } catch (GenevaException e) {
        return; // as a user would see it: another owner, a conflict, a storage that fails
      }
    }
  }

  /** Refreshes, and fails when the first partition is finished. */
  void fail(int source) {
    failing = true;
    refresh(source);
    failing = false;
  }

  /** Cleans up as a user asks. */
  void cleanUp(boolean unfinished) {
    for (int look = 0; look < 3; look++) {
      Optional<Ownership> free = log.tryOwn();
      if (free.isEmpty()) {
        continue;
      }
      try (Ownership own = free.get()) {
        String id = nextId();
        if (own.tryAppend(acquired(id, 0, own))) {
          CleanUpOptions.Builder options = CleanUpOptions.builder();
          if (unfinished) {
            options.deleteUnfinishedWork();
          }
          new ViewCleanUp(view, log, "view").onDemand(own, id, options.build());
          return;
        }
      } catch (GenevaException e) {
        return;
      }
    }
  }

  private String nextId() {
    return actor.toString() + ++refreshes;
  }

  private LogRecord.Acquired acquired(String id, long generation, Ownership own) {
    return new LogRecord.Acquired(
        id,
        actor.toString(),
        domain,
        "local",
        "",
        "",
        0,
        generation,
        LEASE.toMillis(),
        own.tail().openOwner().map(LogRecord.Acquired::refreshId).orElse(null));
  }

  private boolean tryRefresh(int source) {
    Optional<Ownership> free = log.tryOwn();
    if (free.isEmpty()) {
      return false;
    }
    try (Ownership own = free.get()) {
      SharedView.Version begun = view.latest();
      if (begun.source() == source) {
        return true;
      }
      String id = nextId();
      if (!own.tryAppend(acquired(id, begun.generation() + 1, own))) {
        return false;
      }
      try {
        run(own, id, source, begun);
        return true;
      } catch (RuntimeException e) {
        append(own, new LogRecord.Failed(id, "", false, "", Map.of()));
        throw e;
      }
    }
  }

  private void run(Ownership own, String id, int source, SharedView.Version begun) {
    Set<String> mine = new HashSet<>();
    shared.reliedOn.put(id, mine);
    boolean clean = own.tail().isClean();
    Set<Integer> finished = shared.finished(source);
    Map<Integer, List<StagedFile>> done = new TreeMap<>();
    Map<Integer, DurableBatches> left = adopt(own, id, source, done);
    left.values().forEach(batches -> batches.files().forEach(file -> mine.add(file.path())));
    done.values().forEach(files -> files.forEach(file -> mine.add(file.path())));
    for (String file : mine) {
      if (shared.doomed().contains(file)) {
        throw new AssertionError(id + " adopts " + file + ", which will be deleted");
      }
    }
    for (int partition = 0; partition < 2; partition++) {
      if (done.containsKey(partition)) {
        continue;
      }
      if (finished.contains(partition)) {
        throw new AssertionError(id + " computes partition " + partition + " again");
      }
      DurableBatches batches = left.getOrDefault(partition, DurableBatches.NONE);
      if (retries && !batches.isEmpty()) {
        clean = false;
        drop(own, id, partition, batches, mine);
        batches = DurableBatches.NONE;
      }
      done.put(partition, compute(own, id, source, partition, batches, mine));
      if (failing) {
        throw new StorageException("on purpose");
      }
    }
    commit(own, id, source, begun, done.values().stream().flatMap(List::stream).toList(), clean);
  }

  private Map<Integer, DurableBatches> adopt(
      Ownership own, String id, int source, Map<Integer, List<StagedFile>> done) {
    Ledger ledger = Ledger.of(own.tail());
    Leftovers left =
        ledger.of(
            ledger.plans().stream()
                .filter(plan -> plan.identity().source().version() == source)
                .map(LogRecord.Planned::refreshId)
                .toList());
    List<Integer> unusable = new ArrayList<>();
    for (LogRecord.PartitionsDone group : left.done()) {
      int partition = group.partitions().get(0).ordinal();
      if (areThere(group.files())) {
        done.put(partition, group.files());
      } else {
        unusable.add(partition);
      }
    }
    Map<Integer, DurableBatches> begun = new TreeMap<>();
    left.begun()
        .forEach(
            (partition, batches) -> {
              if (areThere(batches.files())) {
                begun.put(partition, batches);
              } else {
                unusable.add(partition);
              }
            });
    own.append(new LogRecord.Planned(id, identity(source), "digest"));
    if (!left.isEmpty()) {
      own.append(new LogRecord.Adopted(id, left.refreshes()));
    }
    if (!unusable.isEmpty()) {
      own.append(new LogRecord.Dropped(id, unusable));
    }
    return begun;
  }

  private boolean areThere(List<StagedFile> files) {
    return files.stream().allMatch(file -> view.exists(file.path()));
  }

  private void drop(
      Ownership own, String id, int partition, DurableBatches batches, Set<String> mine) {
    own.append(new LogRecord.Dropped(id, List.of(partition)));
    List<String> paths = batches.files().stream().map(StagedFile::path).toList();
    own.append(new LogRecord.DeleteIntent(id, paths));
    paths.forEach(view::delete);
    mine.removeAll(paths);
  }

  /** The first partition has two files of one batch each, the second has one. */
  private List<StagedFile> compute(
      Ownership own, String id, int source, int partition, DurableBatches begun, Set<String> mine) {
    List<StagedFile> files = new ArrayList<>(begun.files());
    int parts = partition == 0 ? 2 : 1;
    for (int part = files.size(); part < parts; part++) {
      StagedFile file =
          new StagedFile(id + "-" + partition + "-" + part, List.of(), List.of(), 2, 1, 1, 1);
      mine.add(file.path());
      view.create(file.path(), new SharedView.Rows(source, partition, part));
      files.add(file);
      if (part + 1 < parts) {
        own.append(
            new LogRecord.BatchesDurable(
                id, partition, new DurableBatches(List.of(file), List.of(new BatchMark(part, 1)))));
      }
    }
    own.append(
        new LogRecord.PartitionsDone(
            id, files, List.of(new Sidecar.Entry(partition, null, parts, parts, 1, null))));
    return files;
  }

  private void commit(
      Ownership own,
      String id,
      int source,
      SharedView.Version begun,
      List<StagedFile> files,
      boolean clean) {
    String sidecar = Sidecar.name(id);
    log.putSidecar(sidecar, id.getBytes(StandardCharsets.UTF_8));
    long generation = begun.generation() + 1;
    own.append(new LogRecord.Committing(id, generation));
    new ViewSwap<>(
            "view",
            view.swappedTo(
                id, generation, source, sidecar, files.stream().map(StagedFile::path).toList()))
        .swap(new SteppedView.Seen(begun).look(), generation, id);
    if (append(own, new LogRecord.Committed(id, "", generation + 1, 0, 0, 0, Map.of()))) {
      new ViewCleanUp(view, log, "view").afterCommit(own, id, clean, state(begun));
    }
  }

  private static Optional<CommittedState> state(SharedView.Version version) {
    return version.generation() == 0
        ? Optional.empty()
        : Optional.of(
            new CommittedState(
                version.generation(),
                version.refreshId(),
                identity(version.source()),
                version.sidecar(),
                2,
                0));
  }

  private static RefreshIdentity identity(int source) {
    return new RefreshIdentity(new SourceIdentity(source, "", ""), "", "", "", "", "", List.of());
  }

  private static boolean append(Ownership own, LogRecord logRecord) {
    try {
      return own.tryAppend(logRecord);
    } catch (GenevaException e) {
      return false; // what happened has happened
    }
  }
}
