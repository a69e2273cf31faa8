package dev.geneva;

/** The version of the source that was pinned has been cleaned away. */
public class SourceVersionGoneException extends GenevaException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public SourceVersionGoneException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public SourceVersionGoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
