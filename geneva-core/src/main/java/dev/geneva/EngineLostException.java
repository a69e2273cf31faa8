package dev.geneva;

/**
 * The processes in which an engine ran a refresh ended before it did. The view is the old one or
 * the new one, whole; refresh again, and nothing that was done is lost.
 */
public class EngineLostException extends GenevaException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public EngineLostException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public EngineLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
