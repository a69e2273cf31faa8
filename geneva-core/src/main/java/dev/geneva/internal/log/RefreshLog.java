package dev.geneva.internal.log;

import dev.geneva.RefreshInProgressException;
import dev.geneva.StorageException;
import dev.geneva.internal.lock.FileLocks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  private static final String PREFIX = "record-";

  private final String view;
  private final String key;
  private final LogStore store;
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
    this.watch = watch;
  }

  /** All records, in order. Damaged ones are left out: whoever wrote one never saw it accepted. */
  public List<LogRecord> records() {
    try {
      List<LogRecord> records = new ArrayList<>();
      for (String name : recordNames()) {
        read(name).ifPresent(records::add);
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
      tail = tailOf(recordNames());
    }
    return tail.get();
  }

  /** Empty if one of the records isn't there any more. */
  private Optional<LogTail> tailOf(List<String> names) throws IOException {
    List<LogRecord> records = new ArrayList<>();
    for (int i = names.size() - 1; i >= 0; i--) {
      Optional<byte[]> there = store.read(names.get(i));
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
    long last = names.isEmpty() ? 0 : number(names.get(names.size() - 1));
    return Optional.of(new LogTail(records, last));
  }

  private Optional<LogRecord> read(String name) throws IOException {
    return store.read(name).flatMap(RecordCodec::decode);
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
      Ownership ownership = new Ownership(held, tail);
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
      return store.names().stream().filter(name -> !name.startsWith(PREFIX)).toList();
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

  private long lastNumber() throws IOException {
    List<String> names = recordNames();
    return names.isEmpty() ? 0 : number(names.get(names.size() - 1));
  }

  private static long number(String recordName) {
    return Long.parseLong(recordName.substring(PREFIX.length()));
  }

  private static String name(long number) {
    return String.format(Locale.ROOT, "%s%012d", PREFIX, number);
  }

  private StorageException failure(String doing, IOException e) {
    return new StorageException("Can't " + doing + " the log of view '" + view + "': " + e, e);
  }

  /**
   * The right to write the log, from one end of it on. Thread-safe: records of several threads get
   * their numbers one after the other.
   */
  public final class Ownership implements AutoCloseable {
    private final FileLocks.Held held;
    private final LogTail tail;
    private final List<Long> forResuming = new ArrayList<>();
    private long next;
    private boolean lost;
    private boolean uncertain;

    private Ownership(FileLocks.Held held, LogTail tail) {
      this.held = held;
      this.tail = tail;
      this.next = tail.last() + 1;
    }

    /** The log as it was before. */
    public LogTail tail() {
      return tail;
    }

    /**
     * Appends a record. When the call returns true, it is there for good.
     *
     * @return false if somebody else has become the owner; then stop, and delete nothing
     * @throws StorageException if it isn't known whether the record is there; the refresh may try
     *     again, or append another one
     */
    public synchronized boolean tryAppend(LogRecord logRecord) {
      if (lost) {
        return false;
      }
      try {
        while (!store.putIfAbsent(name(next), RecordCodec.encode(logRecord))) {
          LogRecord there = read(name(next)).orElse(null);
          if (logRecord.equals(there)) {
            break; // an earlier try had written it, though it seemed to fail
          }
          // Of several that seemed to fail, any may be there; no other owner has our refresh's id.
          if (!uncertain || there == null || !there.refreshId().equals(logRecord.refreshId())) {
            lost = true;
            return false;
          }
          advance(there);
        }
        advance(logRecord);
        uncertain = false;
        lost = isFateful(logRecord) && lastNumber() >= next;
        return !lost;
      } catch (IOException e) {
        uncertain = true;
        throw failure("write", e);
      }
    }

    private void advance(LogRecord written) {
      if (!isKept(written)) {
        forResuming.add(next);
      }
      next++;
    }

    /**
     * Appends a record.
     *
     * @throws RefreshInProgressException if somebody else has become the owner
     */
    public void append(LogRecord logRecord) {
      if (!tryAppend(logRecord)) {
        throw new RefreshInProgressException(
            "View '"
                + view
                + "' was taken over by "
                + RefreshLog.this
                    .tail()
                    .openOwner()
                    .map(LogRecord.Acquired::owner)
                    .orElse("somebody else")
                + ", because nothing was heard of this refresh for longer than "
                + lease()
                + ". What it had finished is theirs now.");
      }
    }

    /**
     * Deletes the records of this owner that served to take the refresh up. To be called after its
     * commit.
     */
    public synchronized void forgetOwn() {
      try {
        for (long number : forResuming) {
          store.delete(name(number));
        }
        forResuming.clear();
      } catch (IOException e) {
        throw failure("clean", e);
      }
    }

    /**
     * Deletes records that nobody needs: those that served to take up refreshes before the last
     * commit, and all of refreshes long ago.
     *
     * @param refreshes how many are kept, the last ones; those since the last commit in any case
     * @param unfinished whether none that isn't finished will be taken up any more
     * @return how many were deleted
     */
    public synchronized int forget(int refreshes, boolean unfinished) {
      try {
        List<String> work = new ArrayList<>();
        List<String> revoked = new ArrayList<>();
        int begun = 0;
        boolean committed = false;
        List<String> names = new ArrayList<>(recordNames());
        Collections.reverse(names);
        for (String name : names) {
          if (number(name) >= next) {
            continue; // by another owner, who came while we were deleting
          }
          LogRecord old = read(name).orElse(null);
          boolean needed =
              number(name) == next - 1
                  || (old != null && isKept(old) && (begun < refreshes || !committed))
                  || (!committed && !unfinished);
          if (!needed) {
            (revokes(old) ? revoked : work).add(name);
          }
          begun += old instanceof LogRecord.Acquired ? 1 : 0;
          committed |= old instanceof LogRecord.Committed;
        }
        // Work before what revokes it, so that whoever dies in between leaves nothing valid behind.
        for (String name : work) {
          store.delete(name);
        }
        for (String name : revoked) {
          store.delete(name);
        }
        forResuming.clear();
        store.deletePartial();
        return work.size() + revoked.size();
      } catch (IOException e) {
        throw failure("clean", e);
      }
    }

    /** Deletes a value beside the records. */
    public void deleteSidecar(String name) {
      try {
        store.delete(name);
      } catch (IOException e) {
        throw failure("clean", e);
      }
    }

    /** Gives the right up: nothing can be appended any more. */
    @Override
    public synchronized void close() {
      lost = true;
      held.close();
    }
  }

  /**
   * Whether its writer must know that its number is the last. After a long pause, it may be one
   * that others had written long ago, and forgotten.
   */
  private static boolean isFateful(LogRecord logRecord) {
    return logRecord instanceof LogRecord.Acquired || logRecord instanceof LogRecord.DeleteIntent;
  }

  /** Whether a record says that others aren't worth anything any more. */
  private static boolean revokes(@Nullable LogRecord logRecord) {
    return logRecord instanceof LogRecord.DeleteIntent || logRecord instanceof LogRecord.Dropped;
  }

  /** Whether a record tells of a refresh's begin or end. */
  private static boolean isKept(LogRecord logRecord) {
    return logRecord instanceof LogRecord.Acquired || logRecord.ends();
  }
}
