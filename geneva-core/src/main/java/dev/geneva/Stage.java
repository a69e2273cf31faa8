package dev.geneva;

/** The stages of a refresh, in order. */
public enum Stage {
  /** Does anything have to run? */
  INSPECT,
  /** Which partitions, which rows? */
  PLAN,
  /** The function runs; output is staged where no reader sees it. */
  RUN,
  /** The view is swapped to the staged output. */
  COMMIT
}
