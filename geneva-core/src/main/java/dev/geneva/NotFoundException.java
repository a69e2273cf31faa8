package dev.geneva;

/**
 * Something that was named is not there: a database, table, view, version or column. The message
 * names it and, where one is near, suggests what was meant.
 */
public class NotFoundException extends GenevaException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public NotFoundException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public NotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
