package dev.geneva.internal.store;

import dev.geneva.StorageException;
import dev.geneva.internal.lock.FileLocks;
import dev.geneva.internal.lock.ProcessLocks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock among all who use an object store, which has none of its own: numbered records, each
 * written only if its number is free. The one with the greatest number says who holds the lock, or
 * that nobody does.
 *
 * <p>The holder writes a new record from time to time. Whoever waits and has seen none for a whole
 * period, by its own clock, takes the lock over; a holder that was only slow notices when it writes
 * its next record, at the latest when it closes.
 *
 * <p>Whoever has written a record looks whether it is the greatest before it counts. The greatest
 * is never deleted, so a number that is free only because its record is long gone wins nothing.
 */
final class Lease {

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  /** How long a holder may be silent. */
  static final Duration PERIOD = Duration.ofSeconds(30);

  private static final Pattern RECORD = Pattern.compile("[0-9]{12}");
  private static final String FREE = "free, after ";
  private static final long FIRST_WAIT_MILLIS = 20;
  private static final long LONGEST_WAIT_MILLIS = 500;

  private final FileStore store;
  private final String folder;
  private final Duration period;
  private final String holder = UUID.randomUUID() + ", process " + ProcessHandle.current().pid();

  Lease(FileStore store, String folder) {
    this(store, folder, PERIOD);
  }

  Lease(FileStore store, String folder, Duration period) {
    this.store = store;
    this.folder = folder;
    this.period = period;
  }

  /** Takes the lock, waiting until it is free. Interruption doesn't end the wait. */
  FileLocks.Held acquire() throws IOException {
    FileLocks.Held within = ProcessLocks.acquire(store.uri(folder));
    boolean held = false;
    try {
      Holding holding = new Holding(within, acquireAmongAll());
      held = true;
      return holding;
    } finally {
      if (!held) {
        within.close();
      }
    }
  }

  private long acquireAmongAll() throws IOException {
    long seen = -1;
    long seenSince = 0;
    long wait = FIRST_WAIT_MILLIS;
    boolean interrupted = false;
    try {
      while (true) {
        long latest = last(numbers());
        if (latest != seen) {
          seen = latest;
          seenSince = System.nanoTime();
        }
        boolean silent = System.nanoTime() - seenSince >= period.toNanos();
        if ((latest == 0 || silent || isFree(latest)) && tryTake(latest + 1)) {
          return latest + 1;
        }
        try {
          TimeUnit.MILLISECONDS.sleep(wait);
        } catch (InterruptedException e) {
          interrupted = true;
        }
        wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Tries to become the holder by the record of a number. */
  boolean tryTake(long number) throws IOException {
    if (!put(number, holder)) {
      return false;
    }
    List<Long> numbers = numbers();
    if (last(numbers) != number) {
      store.delete(path(number));
      return false;
    }
    for (long old : numbers.subList(0, numbers.size() - 1)) {
      store.delete(path(old));
    }
    return true;
  }

  private boolean put(long number, String content) throws IOException {
    return store.putIfAbsent(path(number), content.getBytes(StandardCharsets.UTF_8));
  }

  /** Of the records that are there, in order. What else lies there isn't a lease's. */
  private List<Long> numbers() throws IOException {
    return store.names(folder).stream()
        .filter(name -> RECORD.matcher(name).matches())
        .map(Long::valueOf)
        .toList();
  }

  /** The greatest; 0 if there is none. */
  private static long last(List<Long> numbers) {
    return numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
  }

  private boolean isFree(long number) throws IOException {
    return store
        .read(path(number))
        .map(content -> new String(content, StandardCharsets.UTF_8).startsWith(FREE))
        .orElse(false);
  }

  private String path(long number) {
    return String.format(Locale.ROOT, "%s/%012d", folder, number);
  }

  /** The lock, held. */
  private final class Holding implements FileLocks.Held {
    private final FileLocks.Held within;
    private final ScheduledExecutorService renewal;
    private final ScheduledFuture<?> renewing;
    private long number;
    private boolean lost;
    private boolean released;

    Holding(FileLocks.Held within, long number) {
      this.within = within;
      this.number = number;
      this.renewal =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "geneva-lease");
                thread.setDaemon(true);
                return thread;
              });
      long interval = period.toMillis() / 4;
      renewing =
          renewal.scheduleWithFixedDelay(this::renew, interval, interval, TimeUnit.MILLISECONDS);
    }

    private synchronized void renew() {
      if (lost || released) {
        return;
      }
      try {
        advance(holder);
      } catch (IOException e) {
        LOG.warn("Can't renew the lease {}", store.uri(folder), e); // the next time may go better
      }
    }

    private void advance(String content) throws IOException {
      if (!put(number + 1, content)) {
        lost = true;
        return;
      }
      number++;
      store.delete(path(number - 1));
    }

    @Override
    public synchronized void close() {
      if (released) {
        return;
      }
      released = true;
      renewing.cancel(false);
      renewal.shutdown();
      try {
        if (!lost) {
          advance(FREE + holder);
        }
      } catch (IOException e) {
        LOG.warn("Can't release the lease {}; others wait {}", store.uri(folder), period, e);
      } finally {
        within.close();
      }
      if (lost) {
        throw new StorageException(
            "The lease "
                + store.uri(folder)
                + " was lost: this process was silent for longer than "
                + period.toSeconds()
                + " s, and somebody else took it over. What was created or dropped under it may be"
                + " damaged.");
      }
    }
  }
}
