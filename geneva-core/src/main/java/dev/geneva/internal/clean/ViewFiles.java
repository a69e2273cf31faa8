package dev.geneva.internal.clean;

import dev.geneva.internal.store.StoredFile;
import java.util.List;
import java.util.Set;

/** A view's versions and data files, as its clean-up sees them. */
public interface ViewFiles {

  /** Looks at the view, and at all versions that stay. */
  Look look();

  /** All data files that are there, whether or not a version names them. */
  List<StoredFile> list();

  /** Deletes a data file, if it is there. */
  void delete(String path);

  /** Removes the versions that are old by now, and may delete files that only they name. */
  void removeOldVersions();

  /**
   * What there is.
   *
   * @param generation counts the commits of refreshes; 0 before the first
   * @param sidecar the name of the latest commit's; empty before the first
   * @param oldVersions those that needn't stay
   * @param named the data files of those that stay
   */
  record Look(long generation, String sidecar, List<Long> oldVersions, Set<String> named) {
    /** Copies the collections. */
    public Look {
      oldVersions = List.copyOf(oldVersions);
      named = Set.copyOf(named);
    }
  }
}
