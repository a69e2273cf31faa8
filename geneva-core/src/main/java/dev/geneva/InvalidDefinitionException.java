package dev.geneva;

/**
 * A table, query, view or function was defined in a way that can't work: an illegal name, SQL that
 * doesn't parse, a class or parameters that no longer fit. Nothing was done; the definition has to
 * change.
 */
public class InvalidDefinitionException extends GenevaException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public InvalidDefinitionException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public InvalidDefinitionException(String message, Throwable cause) {
    super(message, cause);
  }
}
