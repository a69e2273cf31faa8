package dev.geneva.internal.inspect;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.SchemaMismatchException;
import dev.geneva.internal.arrow.Schemas;
import dev.geneva.internal.descriptor.UdtfBinding;
import dev.geneva.internal.lance.ChangeKind;
import dev.geneva.internal.lance.IvfIndex;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.view.CommittedState;
import dev.geneva.internal.view.RefreshIdentity;
import dev.geneva.internal.view.SourceIdentity;
import dev.geneva.internal.view.StoredView;
import dev.geneva.udtf.Partitioning;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Compares what a view was made from with what it would be made from now. */
public final class Inspector {

  /** More versions than this in between aren't looked at: then the source counts as changed. */
  private static final int MOST_VERSIONS_BETWEEN = 200;

  private final LanceStorage storage;

  /** Looks at the datasets of a storage. */
  public Inspector(LanceStorage storage) {
    this.storage = storage;
  }

  /**
   * Looks.
   *
   * @param view the view's latest version
   * @param source the source at the version that a refresh reads
   * @throws InvalidDefinitionException if the view's columns were altered, or the function's output
   *     is no longer theirs
   */
  public Inspection inspect(LanceDataset view, LanceDataset source, UdtfBinding udtf) {
    StoredView definition = requireIntact(view, udtf);
    Optional<CommittedState> committed = CommittedState.of(view);
    RefreshIdentity identity =
        RefreshIdentity.of(
            SourceIdentity.of(source), definition.query().identity(), udtf, indices(source, udtf));
    Optional<String> change =
        change(view, committed, identity, source, definition.query().exposesRowIds());
    int skipped = committed.map(CommittedState::skippedPartitions).orElse(0);
    return new Inspection(
        view,
        definition,
        committed,
        source,
        udtf,
        identity,
        change.isEmpty() && skipped == 0,
        change.isEmpty() && skipped > 0,
        change.orElseGet(() -> unchanged(committed.orElseThrow(), source)));
  }

  /** The uuids of the index whose partitions a refresh would use. */
  private static List<String> indices(LanceDataset source, UdtfBinding udtf) {
    return udtf.descriptor().partitioning() instanceof Partitioning.ByIndexedColumn by
        ? IvfIndex.open(source, by.column()).uuids().stream().map(UUID::toString).toList()
        : List.of();
  }

  private static StoredView requireIntact(LanceDataset view, UdtfBinding udtf) {
    StoredView definition =
        StoredView.in(view.storedSchema())
            .orElseThrow(
                () ->
                    new InvalidDefinitionException(
                        "'" + view.name() + "' is no longer a view: somebody overwrote it."));
    try {
      Schemas.checkColumns(
          "View '" + view.name() + "' was altered", definition.output(), view.schema());
    } catch (SchemaMismatchException e) {
      throw new InvalidDefinitionException(
          e.getMessage() + " Take the change back, or drop the view and create it anew.", e);
    }
    if (!Schemas.sameColumns(definition.output(), udtf.descriptor().outputSchema())) {
      throw new InvalidDefinitionException(
          "View '%s' has the columns %s, but %s now yields %s. Drop the view and create it anew."
              .formatted(
                  view.name(),
                  definition.output().getFields(),
                  udtf.descriptor().name(),
                  udtf.descriptor().outputSchema().getFields()));
    }
    return definition;
  }

  private Optional<String> change(
      LanceDataset view,
      Optional<CommittedState> committed,
      RefreshIdentity now,
      LanceDataset source,
      boolean exposesRowIds) {
    if (committed.isEmpty()) {
      return Optional.of("never refreshed");
    }
    Optional<String> difference =
        difference(committed.get().identity(), now, source, exposesRowIds);
    if (difference.isPresent()) {
      return difference;
    }
    return hasRowsOf(committed.get(), view)
        ? Optional.empty()
        : Optional.of("somebody else changed the view's rows");
  }

  /**
   * Whether a refresh that began with an identity would compute the same as one that begins now, so
   * that what it left can be used.
   */
  public boolean sameOutput(RefreshIdentity then, Inspection now) {
    return difference(then, now.identity(), now.source(), now.definition().query().exposesRowIds())
        .isEmpty();
  }

  private Optional<String> difference(
      RefreshIdentity then, RefreshIdentity now, LanceDataset source, boolean exposesRowIds) {
    if (!then.query().equals(now.query())) {
      return Optional.of("the query changed");
    }
    if (!then.udtf().equals(now.udtf())) {
      return Optional.of("the function is now " + now.udtf() + ", was " + then.udtf());
    }
    if (!then.udtfVersion().equals(now.udtfVersion())) {
      return Optional.of("the function's code or version changed");
    }
    if (!then.parameters().equals(now.parameters())) {
      return Optional.of("parameters changed from " + then.parameters());
    }
    if (!then.shape().equals(now.shape())) {
      return Optional.of("the function's input columns, partitioning or output changed");
    }
    if (!then.indices().equals(now.indices())) {
      return Optional.of("the index changed");
    }
    if (!sameRows(then.source(), now.source(), source, exposesRowIds)) {
      return Optional.of(sourceChange(then.source(), now.source()));
    }
    return Optional.empty();
  }

  /** Whether all versions of the view after our commit left its rows as they were. */
  private boolean hasRowsOf(CommittedState commit, LanceDataset view) {
    if (view.changeKind() == ChangeKind.ROWS_CHANGED) {
      return commit.isOf(view);
    }
    long oldest = Math.max(1, view.version() - MOST_VERSIONS_BETWEEN);
    for (long version = view.version() - 1; version >= oldest; version--) {
      try (LanceDataset earlier = storage.open(view.name(), OptionalLong.of(version))) {
        if (earlier.changeKind() == ChangeKind.ROWS_CHANGED) {
          return commit.isOf(earlier);
        }
      } catch (NotFoundException e) {
        return false; // cleaned away, so it can't be proved
      }
    }
    return false;
  }

  private static String sourceChange(SourceIdentity then, SourceIdentity now) {
    return then.version() == now.version()
        ? "the source was created anew"
        : "the source changed from version " + then.version() + " to " + now.version();
  }

  private static String unchanged(CommittedState committed, LanceDataset source) {
    if (committed.skippedPartitions() > 0) {
      return committed.skippedPartitions() + " partitions were skipped and are tried again";
    }
    long then = committed.identity().source().version();
    return then == source.version()
        ? "nothing changed since version " + then + " of the source"
        : "version " + source.version() + " of the source has the rows of version " + then;
  }

  private boolean sameRows(
      SourceIdentity then, SourceIdentity now, LanceDataset source, boolean exposesRowIds) {
    if (then.content().equals(now.content())) {
      return true;
    }
    return onlyMovedSince(then, source, exposesRowIds && !source.hasStableRowIds());
  }

  /**
   * Whether all versions in between, which have to be readable, left the rows and their order as
   * they were, and their ids if they matter. Walks back from the latest, so that the usual case, an
   * append, ends it at once.
   */
  private boolean onlyMovedSince(SourceIdentity then, LanceDataset source, boolean placesMatter) {
    long between = source.version() - then.version();
    if (between <= 0 || between > MOST_VERSIONS_BETWEEN || changed(source, placesMatter)) {
      return false;
    }
    for (long version = source.version() - 1; version >= then.version(); version--) {
      try (LanceDataset earlier = storage.open(source.name(), OptionalLong.of(version))) {
        if (version == then.version()) {
          return earlier.transactionId().equals(then.transaction());
        }
        if (changed(earlier, placesMatter)) {
          return false;
        }
      } catch (NotFoundException e) {
        return false; // cleaned away, so it can't be proved
      }
    }
    return false;
  }

  private static boolean changed(LanceDataset version, boolean placesMatter) {
    ChangeKind kind = version.changeKind();
    return kind == ChangeKind.ROWS_CHANGED || (placesMatter && kind == ChangeKind.ROWS_MOVED);
  }
}
