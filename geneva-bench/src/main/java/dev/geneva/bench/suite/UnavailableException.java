package dev.geneva.bench.suite;

import java.io.Serial;

/** A side can't be run: it isn't there, or it can't do what it is asked for. */
public final class UnavailableException extends Exception {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Becomes a note beside the results.
   *
   * @param message why
   */
  public UnavailableException(String message) {
    super(message);
  }
}
