package dev.geneva.internal.run;

import dev.geneva.GenevaException;

/**
 * A call of the function doesn't stop, so it is left behind, and what it may still use with it.
 * Whoever catches this closes what is shared after {@link #awaitEnd}, on a thread that may wait.
 */
public final class AbandonedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final GenevaException error;
  private final transient Runnable end;

  AbandonedException(GenevaException error, Runnable end) {
    super(error);
    this.error = error;
    this.end = end;
  }

  /** What happened, for the user. */
  public GenevaException error() {
    return error;
  }

  /** Waits until the call ends, if ever. */
  public void awaitEnd() {
    end.run();
  }
}
