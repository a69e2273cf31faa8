package dev.geneva;

/**
 * A batch or a table differs from the schema that it should have. The message names the column,
 * what was expected and what was there. Nothing was taken over.
 */
public class SchemaMismatchException extends GenevaException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public SchemaMismatchException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public SchemaMismatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
