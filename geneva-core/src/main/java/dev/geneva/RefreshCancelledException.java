package dev.geneva;

/** The refresh was cancelled; the view is as it was. */
public class RefreshCancelledException extends GenevaException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public RefreshCancelledException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public RefreshCancelledException(String message, Throwable cause) {
    super(message, cause);
  }
}
