package dev.geneva;

/**
 * The storage failed: a file is missing, truncated or not accessible. The message names the table;
 * the cause says what the storage said.
 */
public class StorageException extends GenevaException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public StorageException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
