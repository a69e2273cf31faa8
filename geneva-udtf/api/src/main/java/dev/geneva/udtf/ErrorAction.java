package dev.geneva.udtf;

/** What happens to a partition whose call threw. */
public enum ErrorAction {
  /** The refresh fails; the view stays as it was. */
  FAIL,
  /** The whole partition is called again, after a wait; its batches are dropped. */
  RETRY,
  /** The partition is left out and recorded; the next refresh tries it again. */
  SKIP
}
