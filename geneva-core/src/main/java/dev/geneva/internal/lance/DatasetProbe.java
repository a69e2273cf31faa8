package dev.geneva.internal.lance;

import dev.geneva.StorageException;
import dev.geneva.internal.store.FileStore;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells that a dataset is still at a version, and still the same dataset: one that was dropped and
 * created anew may have the same number.
 */
interface DatasetProbe {

  /** Whether nothing has happened since; false means that it isn't known. */
  boolean unchanged();

  /** What a dataset was before it was opened. */
  interface Before {
    /** Whether there was one. */
    boolean exists();

    /** A probe of what was opened; empty if the files aren't as expected, as after a commit. */
    Optional<DatasetProbe> of(long version);
  }

  /**
   * Looks at a dataset that is going to be opened, so that the probe sees whatever happens until it
   * is.
   *
   * @param dataset its folder in the database
   */
  static Before before(FileStore files, String dataset) {
    Optional<Path> local = files.local(dataset);
    return local.isPresent()
        ? VersionProbe.before(local.get())
        : ManifestProbe.before(files, dataset);
  }

  /** The error if the storage doesn't let us look. */
  static StorageException unreadable(String dataset, Exception e) {
    return new StorageException("Can't look at the versions of " + dataset + ": " + e, e);
  }
}
