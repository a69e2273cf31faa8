package dev.geneva;

/**
 * The refresh took longer than {@link RefreshOptions#timeout} allows. The view is as it was; the
 * next refresh goes on from what was finished.
 */
public class RefreshTimeoutException extends RefreshCancelledException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public RefreshTimeoutException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public RefreshTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
