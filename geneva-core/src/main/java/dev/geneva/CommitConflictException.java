package dev.geneva;

/**
 * The view was dropped, re-created, altered or refreshed by somebody else while the refresh ran.
 * The view is as they left it; the caller may refresh again.
 */
public class CommitConflictException extends GenevaException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public CommitConflictException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public CommitConflictException(String message, Throwable cause) {
    super(message, cause);
  }
}
