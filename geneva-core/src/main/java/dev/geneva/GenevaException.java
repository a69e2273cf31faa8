package dev.geneva;

/**
 * The root of all errors that the library throws on purpose: one subclass for each decision that a
 * caller can take.
 */
public class GenevaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public GenevaException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public GenevaException(String message, Throwable cause) {
    super(message, cause);
  }
}
