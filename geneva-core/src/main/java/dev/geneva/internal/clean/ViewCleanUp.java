package dev.geneva.internal.clean;

import dev.geneva.CleanUpOptions;
import dev.geneva.CleanUpReport;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.log.Ledger;
import dev.geneva.internal.log.LogRecord;
import dev.geneva.internal.log.LogTail;
import dev.geneva.internal.log.Ownership;
import dev.geneva.internal.log.RefreshLog;
import dev.geneva.internal.store.StoredFile;
import dev.geneva.internal.view.CommittedState;
import dev.geneva.internal.view.Sidecar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans up behind the refreshes of one view, as the owner of its log. Used by one thread.
 *
 * <p>A data file may be deleted when nobody can commit it any more: no version names it, and every
 * refresh that might have written it has said that it ended, is known to be dead, or aims at a
 * generation of the view that has been reached by another, so that its commit would conflict.
 */
public final class ViewCleanUp {

  private static final Logger LOG = LoggerFactory.getLogger(ViewCleanUp.class);

  /** Names of files in one record. */
  private static final int NAMES_PER_RECORD = 1000;

  /** History beyond so many refreshes is forgotten. */
  private static final int KEPT_REFRESHES = 1000;

  private final ViewFiles files;
  private final RefreshLog log;
  private final String view;

  /** Cleans up behind a view. */
  public ViewCleanUp(LanceStorage storage, RefreshLog log, String view) {
    this(new LanceViewFiles(storage, view), log, view);
  }

  /** Cleans up behind a view whose files may be anywhere. */
  public ViewCleanUp(ViewFiles files, RefreshLog log, String view) {
    this.files = files;
    this.log = log;
    this.view = view;
  }

  /**
   * Cleans up after a commit. What can't be deleted now is by a later one: the view is as it shall
   * be, so that is no error.
   *
   * @param ownership of the refresh that has committed
   * @param spotless whether the refresh knows that it left no file that isn't in the view, nor did
   *     any before it
   * @param before the state of the view before the commit
   */
  public void afterCommit(
      Ownership ownership, String refreshId, boolean spotless, Optional<CommittedState> before) {
    try {
      if (spotless) {
        files.removeOldVersions();
        ownership.forgetOwn();
        before.ifPresent(state -> ownership.deleteSidecar(state.sidecar()));
        ownership.tryAppend(new LogRecord.Cleaned(refreshId, Instant.now().toString(), 0));
      } else {
        // Whatever was unfinished before the commit can't be taken up after it.
        CleanUpReport report = clean(ownership, refreshId, ownership.tail(), true);
        if (mayBeAlive(ownership.tail()).isEmpty()) {
          ownership.append(cleaned(refreshId, report));
        } // else the next refresh looks again: until it notices, such an owner writes files
      }
    } catch (RuntimeException e) {
      LOG.warn("Cleaning up behind view {} failed; the next refresh does it", view, e);
    }
  }

  /**
   * Cleans up because somebody asks for it.
   *
   * @param ownership with a record that says so, unless it is a dry run
   */
  public CleanUpReport onDemand(Ownership ownership, String refreshId, CleanUpOptions options) {
    if (options.isDryRun()) {
      return look(ownership.tail(), options.isUnfinishedWorkDeleted()).report(true);
    }
    CleanUpReport report =
        clean(ownership, refreshId, ownership.tail(), options.isUnfinishedWorkDeleted());
    ownership.append(cleaned(refreshId, report));
    return report;
  }

  private static LogRecord.Cleaned cleaned(String refreshId, CleanUpReport report) {
    return new LogRecord.Cleaned(refreshId, Instant.now().toString(), report.files());
  }

  /**
   * What there is to be deleted.
   *
   * @param versions that are old
   * @param orphans files that nobody needs
   * @param kept files that no version names, but that somebody may need
   * @param sidecars values beside the log that nobody needs
   * @param unfinished whether records of unfinished work are of no use
   */
  private record Litter(
      List<Long> versions,
      List<StoredFile> orphans,
      List<StoredFile> kept,
      List<String> sidecars,
      boolean unfinished) {
    CleanUpReport report(boolean dryRun) {
      return new CleanUpReport(
          dryRun,
          versions.size(),
          orphans.size(),
          orphans.stream().mapToLong(StoredFile::size).sum(),
          sidecars.size(),
          kept.size());
    }
  }

  private Litter look(LogTail tail, boolean askedFor) {
    ViewFiles.Look look = files.look();
    boolean unfinished = askedFor || isLastCommitted(tail, look.sidecar());
    boolean all = mayBeCommitted(tail, look.generation());
    Set<String> resumable = unfinished ? Set.of() : Ledger.of(tail).files();
    List<StoredFile> orphans = new ArrayList<>();
    List<StoredFile> kept = new ArrayList<>();
    for (StoredFile file : files.list()) {
      if (!look.named().contains(file.name())) {
        (all || resumable.contains(file.name()) ? kept : orphans).add(file);
      }
    }
    List<String> sidecars =
        log.sidecarNames().stream()
            .filter(name -> Sidecar.isName(name) && !name.equals(look.sidecar()) && !all)
            .toList();
    return new Litter(look.oldVersions(), orphans, kept, sidecars, !all && unfinished);
  }

  /**
   * Whether the last refresh did commit, though it died, or failed, before it could say so. Then
   * there is nothing to be taken up.
   */
  private static boolean isLastCommitted(LogTail tail, String sidecar) {
    return tail.records().stream()
        .filter(LogRecord.Planned.class::isInstance)
        .map(LogRecord::refreshId)
        .reduce((earlier, later) -> later)
        .filter(last -> Sidecar.name(last).equals(sidecar))
        .isPresent();
  }

  private CleanUpReport clean(
      Ownership ownership, String refreshId, LogTail tail, boolean unfinished) {
    Litter litter = look(tail, unfinished);
    // The intent first, even if it names nothing: whoever has become the owner meanwhile has taken
    // the number, and may need the sidecars and records that we saw.
    List<String> paths = litter.orphans().stream().map(StoredFile::name).toList();
    int said = 0;
    do {
      int end = Math.min(paths.size(), said + NAMES_PER_RECORD);
      ownership.append(new LogRecord.DeleteIntent(refreshId, paths.subList(said, end)));
      said = end;
    } while (said < paths.size());
    if (!litter.versions().isEmpty()) {
      files.removeOldVersions();
    }
    paths.forEach(files::delete);
    litter.sidecars().forEach(ownership::deleteSidecar);
    int records = ownership.forget(KEPT_REFRESHES, litter.unfinished());
    CleanUpReport report = litter.report(false);
    return new CleanUpReport(
        false,
        report.versions(),
        report.files(),
        report.bytes(),
        report.records() + records,
        report.filesKept());
  }

  /**
   * Whether there is a refresh that others took over from, though it may live and be about to
   * commit.
   */
  private boolean mayBeCommitted(LogTail tail, long generation) {
    return mayBeAlive(tail).stream().anyMatch(owner -> owner.generation() > generation);
  }

  /** The owners that others took over from because they were silent, which is no proof. */
  private List<LogRecord.Acquired> mayBeAlive(LogTail tail) {
    Set<String> ended = new HashSet<>();
    tail.records().stream()
        .filter(LogRecord::ends)
        .forEach(logRecord -> ended.add(logRecord.refreshId()));
    return tail.records().stream()
        .filter(LogRecord.Acquired.class::isInstance)
        .map(LogRecord.Acquired.class::cast)
        .filter(owner -> !ended.contains(owner.refreshId()))
        .filter(owner -> !owner.domain().equals(log.domain()))
        .toList();
  }
}
