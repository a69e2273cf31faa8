package dev.geneva.internal.log;

import dev.geneva.StorageException;
import dev.geneva.internal.lock.FileLocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A view's log over a store. The records of one refresh stand together: the first says that it
 * became the owner, the last how it ended. Thread-safe.
 */
public final class RefreshLog {

  private static final String PREFIX = "record-";

  private final String view;
  private final LogStore store;

  /**
   * Opens nothing yet.
   *
   * @param view the view's name, for error messages
   */
  public RefreshLog(String view, LogStore store) {
    this.view = view;
    this.store = store;
  }

  /** All records, in order. Damaged ones are left out: whoever wrote one never saw it accepted. */
  public List<LogRecord> records() {
    try {
      List<LogRecord> records = new ArrayList<>();
      for (String name : recordNames()) {
        store.read(name).flatMap(RecordCodec::decode).ifPresent(records::add);
      }
      return records;
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /**
   * Becomes the owner, unless somebody is. The first record to append says so.
   *
   * @return empty if somebody else is the owner; else the right, which the caller gives up
   */
  public Optional<Ownership> tryOwn() {
    FileLocks.Held held = null;
    try {
      held = store.tryOwn().orElse(null);
      if (held == null) {
        return Optional.empty();
      }
      Ownership ownership = new Ownership(held, nextNumber());
      held = null;
      return Optional.of(ownership);
    } catch (IOException e) {
      throw failure("write", e);
    } finally {
      if (held != null) {
        held.close();
      }
    }
  }

  /** Whether somebody is the owner now, by the lock that dies with its holder. */
  public boolean isOwned() {
    try {
      Optional<FileLocks.Held> held = store.tryOwn();
      held.ifPresent(FileLocks.Held::close);
      return held.isEmpty();
    } catch (IOException e) {
      throw failure("look at", e);
    }
  }

  /**
   * Takes the log away, unless somebody is the owner.
   *
   * @return whether it is gone
   */
  public boolean drop(Runnable alsoDrop) {
    try {
      Optional<FileLocks.Held> held = store.tryOwn();
      if (held.isEmpty()) {
        return false;
      }
      try (FileLocks.Held own = held.get()) {
        alsoDrop.run();
        store.deleteAll();
      }
      return true;
    } catch (IOException e) {
      throw failure("delete", e);
    }
  }

  /**
   * Stores a value beside the records, under a name that is written once.
   *
   * @throws IllegalStateException if the name is taken
   */
  public void putSidecar(String name, byte[] content) {
    try {
      if (!store.putIfAbsent(name, content)) {
        throw new IllegalStateException("There is already a " + name + " beside view " + view);
      }
    } catch (IOException e) {
      throw failure("write", e);
    }
  }

  /** Reads a value beside the records. */
  public Optional<byte[]> sidecar(String name) {
    try {
      return store.read(name);
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /** Deletes the values beside the records whose names begin with a prefix. */
  public void deleteSidecars(String prefix) {
    try {
      for (String name : store.names()) {
        if (name.startsWith(prefix) && !name.startsWith(PREFIX)) {
          store.delete(name);
        }
      }
    } catch (IOException e) {
      throw failure("clean up", e);
    }
  }

  private List<String> recordNames() throws IOException {
    return store.names().stream().filter(name -> name.startsWith(PREFIX)).toList();
  }

  private long nextNumber() throws IOException {
    List<String> names = recordNames();
    return names.isEmpty()
        ? 1
        : Long.parseLong(names.get(names.size() - 1).substring(PREFIX.length())) + 1;
  }

  private StorageException failure(String doing, IOException e) {
    return new StorageException("Can't " + doing + " the log of view '" + view + "': " + e, e);
  }

  /** The right to write the log. Whoever finds its number taken has lost it. Not thread-safe. */
  public final class Ownership implements AutoCloseable {
    private final FileLocks.Held held;
    private long next;

    private Ownership(FileLocks.Held held, long next) {
      this.held = held;
      this.next = next;
    }

    /**
     * Appends a record.
     *
     * @return false if somebody else has become the owner; then stop, and delete nothing
     */
    public boolean tryAppend(LogRecord logRecord) {
      try {
        String name = String.format(Locale.ROOT, "%s%012d", PREFIX, next);
        if (!store.putIfAbsent(name, RecordCodec.encode(logRecord))) {
          return false;
        }
        next++;
        return true;
      } catch (IOException e) {
        throw failure("write", e);
      }
    }

    /** Gives the right up. */
    @Override
    public void close() {
      held.close();
    }
  }
}
