package dev.geneva.internal.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tells the dead from the living among owners elsewhere: one of whom nothing was heard for a lease
 * period, by the clock of whoever listens. Clocks of different hosts are never compared.
 * Thread-safe.
 */
public final class LeaseWatch {

  private final Duration period;
  private final LongSupplier nanoTime;
  private final Map<String, Sighting> sightings = new HashMap<>();

  /** The last record of a log, and since when it has been the last. */
  private record Sighting(long number, long since) {}

  /**
   * Has seen nothing yet.
   *
   * @param period the lease period of owners of this process
   */
  public LeaseWatch(Duration period) {
    this(period, System::nanoTime);
  }

  /** By another clock. */
  public LeaseWatch(Duration period, LongSupplier nanoTime) {
    this.period = period;
    this.nanoTime = nanoTime;
  }

  /** The lease period of owners of this process. */
  public Duration period() {
    return period;
  }

  /**
   * Takes a look at a log.
   *
   * @param log tells it from every other
   * @param number of its last record
   * @param lease of its owner
   * @return whether the owner has been silent for its lease
   */
  synchronized boolean isSilent(String log, long number, Duration lease) {
    long now = nanoTime.getAsLong();
    Sighting last = sightings.get(log);
    if (last == null || last.number() != number) {
      sightings.put(log, new Sighting(number, now));
      return false;
    }
    return now - last.since() >= lease.toNanos();
  }
}
