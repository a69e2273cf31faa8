package dev.geneva.internal.run;

import dev.geneva.udtf.ErrorRule;

/** Decides whether one more partition of a refresh may be left out. Thread-safe. */
public interface SkipLimit {

  /**
   * Counts one more.
   *
   * @param rule the rule that leaves it out
   * @return whether that is still within the rule's limits
   */
  boolean admit(ErrorRule rule);
}
