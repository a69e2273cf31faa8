package dev.geneva.internal.lance;

import java.util.concurrent.Callable;

/**
 * Makes the calls by which Lance itself writes, past the {@link
 * dev.geneva.internal.store.FileStore}. They are made as they are; it is an interface so that a
 * test can let each of them fail, before or after it has happened, as it does by a decorated {@code
 * FileStore} with all other files. What a refresh promises, it has to keep whichever of its writes
 * fails, so this is where that is tried.
 */
public interface LanceWrites {

  /** What is written. */
  enum Kind {
    /** A data file that no version names yet. */
    DATA_FILE,
    /** A new version. */
    COMMIT,
    /** Old versions and their files are deleted. */
    VERSION_REMOVAL
  }

  /** Makes the calls as they are. */
  LanceWrites DIRECT =
      new LanceWrites() {
        @Override
        public <T> T make(Kind kind, Callable<T> call) throws Exception {
          return call.call();
        }
      };

  /** Makes a call, and returns what it does. */
  <T> T make(Kind kind, Callable<T> call) throws Exception;
}
