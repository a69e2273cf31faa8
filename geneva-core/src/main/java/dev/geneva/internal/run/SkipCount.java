package dev.geneva.internal.run;

import dev.geneva.udtf.ErrorRule;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the partitions of one refresh that are left out, against the limits. Thread-safe. */
public final class SkipCount {

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

  /**
   * Counts one more.
   *
   * @param rule the rule that leaves it out
   * @return whether that is still within the rule's limits
   */
  boolean admit(ErrorRule rule) {
    int now = skipped.incrementAndGet();
    return (rule.maxSkipCount() < 0 || now <= rule.maxSkipCount())
        && now <= rule.maxSkipFraction() * partitions;
  }
}
