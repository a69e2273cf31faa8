package dev.geneva;

/**
 * Another owner is refreshing the view; the message names it. The caller may wait and try again.
 */
public class RefreshInProgressException extends GenevaException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public RefreshInProgressException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public RefreshInProgressException(String message, Throwable cause) {
    super(message, cause);
  }
}
