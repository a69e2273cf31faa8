package dev.geneva.internal.commit;

import dev.geneva.CommitConflictException;
import dev.geneva.CommitStateUnknownException;
import dev.geneva.GenevaException;
import dev.geneva.NotFoundException;
import java.util.Optional;

/**
 * Decides on a commit: whether the view is still what the refresh began with, and, if the swap
 * fails, what became of it.
 *
 * @param <V> a version of the view
 */
public final class ViewSwap<V extends ViewVersion> {

  private final String view;
  private final ViewVersions<V> versions;

  /** Swaps a view. */
  public ViewSwap(String view, ViewVersions<V> versions) {
    this.view = view;
    this.versions = versions;
  }

  /**
   * Swaps.
   *
   * @param begun the view as it was when the refresh began
   * @param generation the one that the commit makes
   * @return the version that was made, which the caller closes
   * @throws CommitConflictException if the view was dropped, re-created, altered or refreshed
   *     since; nothing was committed
   * @throws CommitStateUnknownException if it can't be known whether it was
   */
  public V swap(ViewVersion.Look begun, long generation, String refreshId) {
    try (V latest = requireUnchanged(begun, generation)) {
      try {
        return versions.swap(latest);
      } catch (RuntimeException e) {
        return landedAfterAll(latest.number(), refreshId, e).orElseThrow(() -> e);
      }
    }
  }

  private V requireUnchanged(ViewVersion.Look begun, long generation) {
    V latest;
    try {
      latest = versions.latest();
    } catch (NotFoundException e) {
      throw new CommitConflictException(
          "View '" + view + "' was dropped while it was refreshed.", e);
    }
    try {
      Optional<String> difference = difference(latest.look(), begun, generation);
      if (difference.isPresent()) {
        throw new CommitConflictException(
            "View '" + view + "' was " + difference.get() + " while it was refreshed.");
      }
      return latest;
    } catch (RuntimeException e) {
      latest.close();
      throw e;
    }
  }

  private static Optional<String> difference(
      ViewVersion.Look latest, ViewVersion.Look begun, long generation) {
    if (!latest.uuid().equals(begun.uuid())) {
      return Optional.of("replaced by another table");
    }
    if (latest.generation() != generation - 1) {
      return Optional.of("refreshed by somebody else");
    }
    if (!latest.columns().equals(begun.columns())) {
      return Optional.of("given other columns");
    }
    // Building an index or setting a key leaves the rows alone; anything else is a foreign change.
    if (!latest.content().equals(begun.content())) {
      return Optional.of("given other rows");
    }
    return Optional.empty();
  }

  /** A commit may fail after it landed: a later version then names the refresh. */
  private Optional<V> landedAfterAll(long before, String refreshId, RuntimeException failure) {
    try (V latest = versions.latest()) {
      for (long number = latest.number(); number > before; number--) {
        V later = versions.at(number);
        if (later.isFrom(refreshId)) {
          return Optional.of(later);
        }
        later.close();
      }
      return Optional.empty();
    } catch (GenevaException e) {
      CommitStateUnknownException unknown =
          new CommitStateUnknownException(
              "Whether the refresh "
                  + refreshId
                  + " of view '"
                  + view
                  + "' was committed can't be found out: "
                  + e.getMessage(),
              failure);
      unknown.addSuppressed(e);
      throw unknown;
    }
  }
}
