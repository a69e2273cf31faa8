package dev.geneva;

/** A name is taken. */
public class AlreadyExistsException extends GenevaException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public AlreadyExistsException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public AlreadyExistsException(String message, Throwable cause) {
    super(message, cause);
  }
}
