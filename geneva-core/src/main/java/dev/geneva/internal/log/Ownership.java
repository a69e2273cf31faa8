package dev.geneva.internal.log;

import dev.geneva.RefreshInProgressException;
import dev.geneva.StorageException;
import dev.geneva.internal.lock.FileLocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right to write the log, from one end of it on. Thread-safe: records of several threads get
 * their numbers one after the other.
 */
public final class Ownership implements AutoCloseable {
  private final RefreshLog log;
  private final LogStore store;
  private final NumberedRecords numbered;
  private final FileLocks.Held held;
  private final LogTail tail;
  private final List<Long> forResuming = new ArrayList<>();
  private long next;
  private boolean lost;
  private boolean uncertain;

  Ownership(RefreshLog log, LogStore store, FileLocks.Held held, LogTail tail) {
    this.log = log;
    this.store = store;
    this.numbered = new NumberedRecords(store);
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
      while (!numbered.putIfAbsent(next, logRecord)) {
        LogRecord there = numbered.read(next).orElse(null);
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
      lost = isFateful(logRecord) && NumberedRecords.last(numbered.numbers()) >= next;
      return !lost;
    } catch (IOException e) {
      uncertain = true;
      throw log.failure("write", e);
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
              + log.view()
              + "' was taken over by "
              + log.tail().openOwner().map(LogRecord.Acquired::owner).orElse("somebody else")
              + ", because nothing was heard of this refresh for longer than "
              + log.lease()
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
        numbered.delete(number);
      }
      forResuming.clear();
    } catch (IOException e) {
      throw log.failure("clean", e);
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
      List<Long> work = new ArrayList<>();
      List<Long> revoked = new ArrayList<>();
      int begun = 0;
      boolean committed = false;
      List<Long> numbers = new ArrayList<>(numbered.numbers());
      Collections.reverse(numbers);
      for (long number : numbers) {
        if (number >= next) {
          continue; // by another owner, who came while we were deleting
        }
        LogRecord old = numbered.read(number).orElse(null);
        boolean needed =
            number == next - 1
                || (old != null && isKept(old) && (begun < refreshes || !committed))
                || (!committed && !unfinished);
        if (!needed) {
          (revokes(old) ? revoked : work).add(number);
        }
        begun += old instanceof LogRecord.Acquired ? 1 : 0;
        committed |= old instanceof LogRecord.Committed;
      }
      // Work before what revokes it, so that whoever dies in between leaves nothing valid behind.
      for (long number : work) {
        numbered.delete(number);
      }
      for (long number : revoked) {
        numbered.delete(number);
      }
      forResuming.clear();
      store.deletePartial();
      return work.size() + revoked.size();
    } catch (IOException e) {
      throw log.failure("clean", e);
    }
  }

  /** Deletes a value beside the records. */
  public void deleteSidecar(String name) {
    try {
      store.delete(name);
    } catch (IOException e) {
      throw log.failure("clean", e);
    }
  }

  /** Gives the right up: nothing can be appended any more. */
  @Override
  public synchronized void close() {
    lost = true;
    held.close();
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
