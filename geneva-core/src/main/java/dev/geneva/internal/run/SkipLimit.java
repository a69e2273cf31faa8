package dev.geneva.internal.run;

/** Decides whether one more partition of a refresh may be left out. Thread-safe. */
public interface SkipLimit {

  /**
   * Counts one more.
   *
   * @param maxCount the most partitions, by the rule that leaves it out; negative: any number
   * @param maxFraction the most as a share of all partitions, by the same rule
   * @return whether that is still within both
   */
  boolean admit(int maxCount, double maxFraction);

  /** All partitions of the source, of which the fraction is one. */
  int partitions();
}
