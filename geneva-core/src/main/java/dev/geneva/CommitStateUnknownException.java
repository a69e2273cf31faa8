package dev.geneva;

/**
 * Whether the commit landed could not be found out. Nothing was deleted; the caller looks at the
 * view again once the storage answers.
 */
public class CommitStateUnknownException extends GenevaException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public CommitStateUnknownException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public CommitStateUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
