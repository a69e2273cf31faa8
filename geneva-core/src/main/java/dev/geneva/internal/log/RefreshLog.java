package dev.geneva.internal.log;

import dev.geneva.StorageException;
import dev.geneva.internal.lock.FileLocks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A view's log over a store, which is its lease and its ledger at once. Its records are numbered,
 * and each is written unless its number is taken: whoever finds that it is has lost the log to
 * another owner, stops, and deletes nothing. So one who was taken for dead can harm nothing.
 * Thread-safe.
 *
 * <p>Records in the middle may be deleted, but never one that says that somebody became the owner:
 * the number after an owner's last record must stay taken for as long as the owner may live.
 */
public final class RefreshLog {

  private final String view;
  private final String key;
  private final LogStore store;
  private final NumberedRecords numbered;
  private final LeaseWatch watch;

  /**
   * Opens nothing yet.
   *
   * @param view the view's name, for error messages
   * @param key tells the log from every other, for the watch
   */
  public RefreshLog(String view, String key, LogStore store, LeaseWatch watch) {
    this.view = view;
    this.key = key;
    this.store = store;
    this.numbered = new NumberedRecords(store);
    this.watch = watch;
  }

  /** All records, in order. Damaged ones are left out: whoever wrote one never saw it accepted. */
  public List<LogRecord> records() {
    try {
      List<LogRecord> records = new ArrayList<>();
      for (long number : numbered.numbers()) {
        numbered.read(number).ifPresent(records::add);
      }
      return records;
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /** The end of the log. */
  public LogTail tail() {
    try {
      return readTail();
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /** The end as it was at one moment: if a record goes meanwhile, it is read anew. */
  private LogTail readTail() throws IOException {
    Optional<LogTail> tail = Optional.empty();
    while (tail.isEmpty()) {
      tail = tailOf(numbered.numbers());
    }
    return tail.get();
  }

  /** Empty if one of the records isn't there any more. */
  private Optional<LogTail> tailOf(List<Long> numbers) throws IOException {
    List<LogRecord> records = new ArrayList<>();
    for (int i = numbers.size() - 1; i >= 0; i--) {
      Optional<byte[]> there = numbered.bytes(numbers.get(i));
      if (there.isEmpty()) {
        return Optional.empty();
      }
      Optional<LogRecord> read = RecordCodec.decode(there.get());
      read.ifPresent(records::add);
      if (read.orElse(null) instanceof LogRecord.Committed) {
        break;
      }
    }
    Collections.reverse(records);
    return Optional.of(new LogTail(records, NumberedRecords.last(numbers)));
  }

  /**
   * Gets ready to become the owner, unless a living one is there. The first record to append says
   * so; it fails if somebody else was faster.
   *
   * @return empty if there is an owner who lives, or isn't known to be dead; else the right, which
   *     the caller gives up
   */
  public Optional<Ownership> tryOwn() {
    FileLocks.Held held = null;
    try {
      held = store.tryOwn().orElse(null);
      if (held == null) {
        return Optional.empty();
      }
      LogTail tail = readTail();
      if (tail.openOwner().filter(owner -> !isDead(owner, tail.last())).isPresent()) {
        return Optional.empty();
      }
      Ownership ownership = new Ownership(this, store, held, tail);
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

  /** To be called with the lock: within its domain, that alone tells that nobody else lives. */
  private boolean isDead(LogRecord.Acquired owner, long lastRecord) {
    return owner.domain().equals(store.domain())
        || watch.isSilent(key, lastRecord, Duration.ofMillis(owner.leaseMillis()));
  }

  /** Whether somebody holds the lock now, which dies with its holder. */
  public boolean isLocked() {
    try {
      return store.isOwned();
    } catch (IOException e) {
      throw failure("look at", e);
    }
  }

  /** The view's name. */
  String view() {
    return view;
  }

  /** Among whom {@link #isLocked} tells whether an owner lives. */
  public String domain() {
    return store.domain();
  }

  /** After so long without a record, an owner elsewhere may be taken for dead. */
  public Duration lease() {
    return watch.period();
  }

  /**
   * Takes the log away, unless there is a living owner.
   *
   * @param record says that the log is owned meanwhile
   * @param alsoDrop what has to be gone before; if it throws, the log stays
   * @return whether it is gone
   */
  public boolean drop(LogRecord.Acquired record, Runnable alsoDrop) {
    Optional<Ownership> ownership = tryOwn();
    if (ownership.isEmpty()) {
      return false;
    }
    try (Ownership own = ownership.get()) {
      if (!own.tryAppend(record)) {
        return false;
      }
      try {
        alsoDrop.run();
      } catch (RuntimeException e) {
        own.tryAppend(
            new LogRecord.Failed(record.refreshId(), record.at(), false, e.toString(), Map.of()));
        throw e;
      }
      store.deleteAll();
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

  /** The names of the values beside the records. */
  public List<String> sidecarNames() {
    try {
      return store.names().stream().filter(name -> !NumberedRecords.isRecord(name)).toList();
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /** Deletes the values beside the records whose names begin with a prefix. */
  public void deleteSidecars(String prefix) {
    try {
      for (String name : store.names()) {
        if (name.startsWith(prefix) && !NumberedRecords.isRecord(name)) {
          store.delete(name);
        }
      }
    } catch (IOException e) {
      throw failure("clean up", e);
    }
  }

  StorageException failure(String doing, IOException e) {
    return new StorageException("Can't " + doing + " the log of view '" + view + "': " + e, e);
  }
}
