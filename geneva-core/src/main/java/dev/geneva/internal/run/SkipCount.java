package dev.geneva.internal.run;

import dev.geneva.udtf.ErrorRule;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the partitions of one refresh that are left out, against the limits. Thread-safe. */
public final class SkipCount implements SkipLimit {

  private final int partitions;
  private final AtomicInteger skipped = new AtomicInteger();

  /**
   * Counts from zero.
   *
   * @param partitions all partitions of the source
   */
  public SkipCount(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public boolean admit(ErrorRule rule) {
    int now = skipped.incrementAndGet();
    return (rule.maxSkipCount() < 0 || now <= rule.maxSkipCount())
        && now <= rule.maxSkipFraction() * partitions;
  }
}
