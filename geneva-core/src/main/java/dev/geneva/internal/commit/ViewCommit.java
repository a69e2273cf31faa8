package dev.geneva.internal.commit;

import dev.geneva.CommitConflictException;
import dev.geneva.CommitStateUnknownException;
import dev.geneva.StorageException;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.view.CommittedState;
import dev.geneva.internal.view.StoredView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Swaps a view to staged files, if it is still the view that the refresh began with.
 *
 * <p>Lance's {@code Overwrite} wins over whatever came in between, so the view is looked at again
 * just before. Two commits that set the same configuration key conflict, and each sets the
 * generation, so of two refreshes that got this far one fails.
 */
public final class ViewCommit {

  /** Output of no more files is committed as it is, whatever their sizes. */
  public static final int MOST_FILES_LEFT_ALONE = 64;

  private final LanceStorage storage;
  private final Swap swap;
  private final boolean syncToDisk;

  /** Commits to views of a storage. */
  public ViewCommit(LanceStorage storage, boolean syncToDisk) {
    this(storage, storage::overwrite, syncToDisk);
  }

  /** Commits by another operation than the storage's own, such as one that fails after it. */
  ViewCommit(LanceStorage storage, Swap swap, boolean syncToDisk) {
    this.storage = storage;
    this.swap = swap;
    this.syncToDisk = syncToDisk;
  }

  /** The output as it is to be committed: in fewer files, if they are very many. */
  public StagedOutput prepared(StoredView definition, String view, StagedOutput output) {
    return new SmallFiles(storage, view, definition.output(), syncToDisk).merged(output);
  }

  /** {@link LanceStorage#overwrite}. */
  @FunctionalInterface
  interface Swap {
    LanceDataset overwrite(
        LanceDataset dataset, List<StagedFile> files, Schema schema, Map<String, String> config);
  }

  /**
   * Commits.
   *
   * @param view the view as it was when the refresh began
   * @param definition the view's definition
   * @param state what the new rows were made from
   * @return the committed version, which the caller closes
   * @throws CommitConflictException if the view was dropped, re-created, altered or refreshed
   *     since; nothing was committed
   * @throws CommitStateUnknownException if it can't be known whether it was
   */
  public LanceDataset commit(
      LanceDataset view, StoredView definition, StagedOutput output, CommittedState state) {
    LanceDataset committed =
        new ViewSwap<>(view.name(), versions(view.name(), definition, output, state))
            .swap(new LanceViewVersion(view).look(), state.generation(), state.refreshId())
            .dataset();
    try {
      requireWhole(committed, output);
      if (syncToDisk) {
        committed.forceManifest();
      }
      return committed;
    } catch (RuntimeException e) {
      committed.close();
      throw e;
    }
  }

  private ViewVersions<LanceViewVersion> versions(
      String view, StoredView definition, StagedOutput output, CommittedState state) {
    return new ViewVersions<>() {
      @Override
      public LanceViewVersion latest() {
        return new LanceViewVersion(storage.open(view, OptionalLong.empty()));
      }

      @Override
      public LanceViewVersion at(long number) {
        return new LanceViewVersion(storage.open(view, OptionalLong.of(number)));
      }

      @Override
      public LanceViewVersion swap(LanceViewVersion latest) {
        return new LanceViewVersion(
            swap.overwrite(
                latest.dataset(), output.files(), definition.datasetSchema(), state.toConfig()));
      }
    };
  }

  private void requireWhole(LanceDataset committed, StagedOutput output) {
    for (Map.Entry<String, Long> file : committed.dataFiles().entrySet()) {
      OptionalLong size = storage.files(committed.name()).size(file.getKey());
      if (size.isEmpty()) {
        throw damaged(committed, "misses " + file.getKey());
      }
      if (file.getValue() >= 0 && size.getAsLong() != file.getValue()) {
        throw damaged(
            committed,
            file.getKey() + " has " + size.getAsLong() + " bytes instead of " + file.getValue());
      }
    }
    long rows = committed.countRows(Optional.empty());
    if (rows != output.rows()) {
      throw damaged(committed, "has " + rows + " rows instead of " + output.rows());
    }
  }

  private static StorageException damaged(LanceDataset view, String how) {
    return new StorageException(
        "View '"
            + view.name()
            + "' was committed as version "
            + view.version()
            + ", but is damaged: "
            + how
            + ". Earlier versions are still there.");
  }
}
