package dev.geneva.internal.store;

import dev.geneva.internal.lock.FileLocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The files of one database, as far as Lance's SDK has no calls for them: small files that are
 * written once, and data files that are listed, measured and deleted. Thread-safe, and safe among
 * processes.
 *
 * <p>Paths are relative to the database, with {@code /} between names of letters, digits, {@code
 * .}, {@code -} and {@code _}. Names that begin with a point are the store's own: nobody is shown
 * them. A folder is there as long as something is in it.
 *
 * <p>Every implementation passes the contract suite {@code FileStoreContract}.
 */
public interface FileStore extends AutoCloseable {

  /** The database, for messages, and as Lance takes it: a path or a URI. */
  String root();

  /** A file or folder as Lance takes it: a path or a URI. */
  String uri(String path);

  /**
   * The path of what Lance names.
   *
   * @param location as in the statistics of an index: a path, on object stores that of the key
   * @throws IOException if it isn't in this database
   */
  String relative(String location) throws IOException;

  /** A file or folder of a local disk; empty for an object store. */
  Optional<Path> local(String path);

  /**
   * Finds out whether the storage answers, and lets us in; the database needn't be there yet.
   *
   * @throws IOException if it doesn't
   */
  void check() throws IOException;

  /**
   * Writes a file unless there is one of that path. Nobody ever sees a part of it, and when the
   * call returns true it outlives the process and, where the store can, a loss of power.
   *
   * <p>Where the connection to a store breaks before the answer comes, a file of the same content
   * counts as written by this call. So a content by which something is decided names its writer.
   *
   * @return false if there is one already; then nothing has changed
   */
  boolean putIfAbsent(String path, byte[] content) throws IOException;

  /** Reads a file; empty if there is none. */
  Optional<byte[]> read(String path) throws IOException;

  /**
   * Reads a part of a file.
   *
   * @throws IOException if the file isn't there, or ends before
   */
  byte[] read(String path, long offset, int length) throws IOException;

  /** The size of a file in bytes; empty if there is none. */
  OptionalLong size(String path) throws IOException;

  /** The names of the files in a folder, in order of their characters; none if it isn't there. */
  List<String> names(String folder) throws IOException;

  /** The files in a folder, in order of their names; none if it isn't there. */
  List<StoredFile> files(String folder) throws IOException;

  /** The names of the folders in a folder, in order; the database's own for the empty path. */
  List<String> folders(String folder) throws IOException;

  /** Whether something is in a folder. */
  boolean hasFolder(String folder) throws IOException;

  /** Deletes a file, if it is there. */
  void delete(String path) throws IOException;

  /**
   * Deletes what writers left in a folder that died while they wrote, where a store has such a
   * thing. One that lives may fail, and then has written nothing.
   */
  default void deletePartial(String folder) throws IOException {}

  /** Deletes all that is in a folder and below it, and the folder. */
  void deleteAll(String folder) throws IOException;

  /**
   * Makes files and folders outlive a loss of power; does nothing where all that is written does.
   */
  void force(Collection<String> paths) throws IOException;

  /**
   * Takes a lock if it is free. It is released by closing, or by the death of its holder.
   *
   * @param path of the lock, whose name begins with a point
   */
  Optional<FileLocks.Held> tryOwn(String path) throws IOException;

  /** Whether somebody holds such a lock; nothing is written to find out. */
  default boolean isOwned(String path) throws IOException {
    Optional<FileLocks.Held> held = tryOwn(path);
    held.ifPresent(FileLocks.Held::close);
    return held.isEmpty();
  }

  /**
   * Whether the locks of {@link #tryOwn} hold among the processes of a host, or within one only.
   */
  boolean ownsAmongProcesses();

  /**
   * Takes a lock that holds among all who use this database, waiting until it is free. It is
   * released by closing, or some time after the death of its holder.
   *
   * @param path of the lock, whose name begins with a point
   * @return a lock; closing it throws {@link dev.geneva.StorageException} if it was lost meanwhile
   */
  FileLocks.Held lock(String path) throws IOException;

  /** Gives connections back. Files stay. */
  @Override
  void close();
}
