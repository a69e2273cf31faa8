package dev.geneva.ray.internal.wire;

import org.jspecify.annotations.Nullable;

/** An error of another process whose class isn't here. Prints as the original does. */
public final class RemoteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String type;

  RemoteException(String type, @Nullable String message) {
    super(message);
    this.type = type;
  }

  /** The class's name. */
  public String type() {
    return type;
  }

  /** The message alone doesn't say which error it was, and this class's name says nothing. */
  @Override
  @SuppressWarnings("OverrideThrowableToString")
  public String toString() {
    return getMessage() == null ? type : type + ": " + getMessage();
  }
}
