package dev.geneva.bench.opponent;

import java.io.Serial;

/** An opponent can't do what it is asked for. */
public final class OpponentException extends Exception {

  @Serial private static final long serialVersionUID = 1;

  OpponentException(String message) {
    super(message);
  }
}
