package dev.geneva.internal.refresh;

import dev.geneva.GenevaException;
import dev.geneva.RefreshInProgressException;
import dev.geneva.internal.log.LogRecord;
import dev.geneva.internal.log.Ownership;
import dev.geneva.internal.run.Cancellation;
import dev.geneva.internal.run.Joining;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets others know that the owner of a log lives, and stops the refresh when the log is lost. */
final class LeaseKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

  /** Heartbeats that a lease has room for, so that one that is late does no harm. */
  private static final int BEATS = 4;

  private final Ownership ownership;
  private final String refreshId;
  private final Duration beat;
  private final Cancellation cancellation;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;

  private LeaseKeeper(
      Ownership ownership,
      String view,
      String refreshId,
      Duration lease,
      Cancellation cancellation) {
    this.ownership = ownership;
    this.refreshId = refreshId;
    this.beat = lease.dividedBy(BEATS);
    this.cancellation = cancellation;
    this.thread = new Thread(this::run, "geneva-" + view + "-lease");
    thread.setDaemon(true);
  }

  /** Begins. */
  static LeaseKeeper start(
      Ownership ownership,
      String view,
      String refreshId,
      Duration lease,
      Cancellation cancellation) {
    LeaseKeeper keeper = new LeaseKeeper(ownership, view, refreshId, lease, cancellation);
    keeper.thread.start();
    return keeper;
  }

  private void run() {
    try {
      boolean owned = true;
      while (owned && !ended.await(beat.toNanos(), TimeUnit.NANOSECONDS)) {
        owned = beat();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // by nobody of ours; then there are no heartbeats
    }
  }

  private boolean beat() {
    try {
      ownership.append(new LogRecord.Heartbeat(refreshId, Instant.now().toString()));
      return true;
    } catch (RefreshInProgressException lost) {
      String message = String.valueOf(lost.getMessage());
      cancellation.request(() -> new RefreshInProgressException(message));
      return false;
    } catch (GenevaException e) {
      LOG.warn("A heartbeat couldn't be written; it is tried again", e);
      return true;
    }
  }

  /** Ends the heartbeats. The one that is being written is waited for. */
  @Override
  public void close() {
    ended.countDown();
    Joining.join(thread);
  }
}
