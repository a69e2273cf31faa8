package dev.geneva;

/**
 * The Java virtual machine lacks something that the library needs, such as a command-line flag. The
 * message says what to add.
 */
public class UnsupportedRuntimeException extends GenevaException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public UnsupportedRuntimeException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public UnsupportedRuntimeException(String message, Throwable cause) {
    super(message, cause);
  }
}
