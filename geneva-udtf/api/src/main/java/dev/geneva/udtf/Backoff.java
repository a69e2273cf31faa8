package dev.geneva.udtf;

/** How the wait between two attempts grows. */
public enum Backoff {
  /** Doubles from one attempt to the next. */
  EXPONENTIAL,
  /** Grows by the first wait each time. */
  LINEAR,
  /** Stays the same. */
  FIXED
}
