package dev.geneva;

import java.util.List;

/**
 * A table that a function computes from a query over another table. It only ever changes as a
 * whole, when a refresh commits. Thread-safe.
 */
public non-sealed interface UdtfView extends Relation {

  /** Brings the view up to date, in this process. */
  RefreshReport refresh();

  /**
   * Brings the view up to date, or finds in a moment that it is. If it throws, the view is as it
   * was.
   *
   * @return what was done
   * @throws NotFoundException if the view or its source was dropped
   * @throws InvalidDefinitionException if the function's class is missing, its parameters or
   *     columns no longer fit, or somebody altered the view's columns; before any work
   * @throws RefreshInProgressException if somebody else refreshes it
   * @throws PartitionFailedException if the function failed; the cause is what it threw
   * @throws SchemaMismatchException if a batch differs from the output schema
   * @throws CommitConflictException if the view was changed meanwhile
   * @throws CommitStateUnknownException if it can't be known whether the commit landed
   */
  RefreshReport refresh(RefreshOptions options);

  /** Starts a refresh in the background, on a thread of its own. */
  RefreshHandle refreshAsync(RefreshOptions options);

  /** What a refresh would do now, and why. Reads metadata; runs and writes nothing. */
  RefreshPlan plan();

  /** How the view is defined. */
  ViewDefinition definition();

  /** The refreshes that ran, the latest first; those that found nothing to do aren't recorded. */
  List<RefreshRecord> history();

  /** Deletes what nobody needs any more, with {@link CleanUpOptions#ofDefaults}. */
  CleanUpReport cleanUp();

  /**
   * Deletes what finished, failed and abandoned refreshes left and nobody needs any more. Every
   * refresh that commits does so by itself; this is for views that are refreshed no longer, and to
   * find out what there is. It never touches a version that the view's options keep, that a view's
   * query is pinned to or that has a tag, nor what a living refresh works on.
   *
   * @throws RefreshInProgressException if the view is being refreshed
   */
  CleanUpReport cleanUp(CleanUpOptions options);

  @Override
  UdtfView at(long version);
}
