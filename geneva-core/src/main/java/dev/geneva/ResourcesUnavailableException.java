package dev.geneva;

/** A function asks for more than there is. */
public class ResourcesUnavailableException extends GenevaException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public ResourcesUnavailableException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public ResourcesUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
