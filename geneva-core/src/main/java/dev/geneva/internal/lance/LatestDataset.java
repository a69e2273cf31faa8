package dev.geneva.internal.lance;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest version of a dataset open, and opens a new one when there is a newer.
 * Thread-safe.
 */
public final class LatestDataset implements AutoCloseable {

  private final LanceStorage storage;
  private final String name;
  private @Nullable LanceDataset current;

  /**
   * Opens nothing yet.
   *
   * @param name the dataset's name in the storage
   */
  public LatestDataset(LanceStorage storage, String name) {
    this.storage = storage;
    this.name = name;
  }

  /**
   * The latest version.
   *
   * @return a dataset that the caller closes
   * @throws dev.geneva.NotFoundException if there is none
   */
  public synchronized LanceDataset acquire() {
    if (current != null && current.isLatest()) {
      return current.retain();
    }
    LanceDataset opened = storage.open(name, OptionalLong.empty());
    close();
    current = opened;
    return opened.retain();
  }

  /** Closes what is open; a later {@link #acquire} opens again. */
  @Override
  public synchronized void close() {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
