package dev.geneva.internal.store;

import java.io.IOException;
import org.apache.opendal.OpenDALException;
import org.jspecify.annotations.Nullable;

/** An object store refused, or didn't answer. */
final class ObjectStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  private final OpenDALException.@Nullable Code code;

  /**
   * An error.
   *
   * @param code null if there was no answer
   */
  ObjectStoreException(String message, OpenDALException.@Nullable Code code) {
    super(message);
    this.code = code;
  }

  /** Whether the file isn't there. */
  boolean isMissing() {
    return code == OpenDALException.Code.NotFound;
  }

  /** Whether the file is there already. */
  boolean isTaken() {
    return code == OpenDALException.Code.ConditionNotMatch
        || code == OpenDALException.Code.AlreadyExists;
  }

  /** Whether it may be otherwise a moment later; then the request may have been carried out. */
  boolean isTemporary() {
    return code == null
        || code == OpenDALException.Code.Unexpected
        || code == OpenDALException.Code.RateLimited;
  }

  /** The message, which is put into others; that it came from this class is of no use there. */
  @Override
  @SuppressWarnings("OverrideThrowableToString")
  public String toString() {
    return String.valueOf(getMessage());
  }
}
