package dev.geneva.internal.log;

import dev.geneva.internal.lock.FileLocks;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A flat place for small files that are written once. Thread-safe, and safe among processes.
 *
 * <p>Every implementation passes the contract suite {@code LogStoreContract}.
 */
public interface LogStore {

  /**
   * Writes a file unless there is one of that name. Nobody ever sees a part of it, and when the
   * call returns true it outlives the process and, where the store can, a loss of power.
   *
   * @param name letters, digits, {@code .}, {@code -} and {@code _}
   * @return false if there is one already; then nothing has changed
   */
  boolean putIfAbsent(String name, byte[] content) throws IOException;

  /** Reads a file; empty if there is none. */
  Optional<byte[]> read(String name) throws IOException;

  /** The names of all files, in order of their characters. */
  List<String> names() throws IOException;

  /** Deletes a file, if it is there. */
  void delete(String name) throws IOException;

  /**
   * Deletes what writers left that died while they wrote, where there is such a thing. A living one
   * may fail to write; so to be called as the owner.
   */
  default void deletePartial() throws IOException {}

  /** Deletes all files, and the place itself. */
  void deleteAll() throws IOException;

  /**
   * Takes the lock that the owner of the log holds while it works, if it is free. It is released by
   * closing, or by the owner's death.
   */
  Optional<FileLocks.Held> tryOwn() throws IOException;

  /** Whether somebody holds that lock; nothing is written to find out. */
  default boolean isOwned() throws IOException {
    Optional<FileLocks.Held> held = tryOwn();
    held.ifPresent(FileLocks.Held::close);
    return held.isEmpty();
  }

  /**
   * Names those among whom {@link #tryOwn} tells the living from the dead: this host for a local
   * folder, this process for an object store. Of an owner elsewhere only its records tell.
   */
  String domain();
}
