package dev.geneva.internal.run;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the partitions of one refresh that are left out, against the limits. Thread-safe. */
public final class SkipCount implements SkipLimit {

  private final int partitions;
  private final AtomicInteger skipped;

  /**
   * Counts from zero.
   *
   * @param partitions all partitions of the source
   */
  public SkipCount(int partitions) {
    this(partitions, 0);
  }

  /**
   * Counts on.
   *
   * @param partitions all partitions of the source
   * @param before how many were left out before
   */
  public SkipCount(int partitions, int before) {
    this.partitions = partitions;
    this.skipped = new AtomicInteger(before);
  }

  @Override
  public boolean admit(int maxCount, double maxFraction) {
    int now = skipped.incrementAndGet();
    return (maxCount < 0 || now <= maxCount) && now <= maxFraction * partitions;
  }

  @Override
  public int partitions() {
    return partitions;
  }
}
