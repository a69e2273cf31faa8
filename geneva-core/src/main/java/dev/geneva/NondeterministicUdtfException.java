package dev.geneva;

/**
 * A function yielded other batches than in its earlier, interrupted attempt on the same rows. Its
 * checkpoints were dropped; the function has to be made deterministic, or checkpoints switched off.
 */
public class NondeterministicUdtfException extends GenevaException {
  private static final long serialVersionUID = 1L;

  /** An error without a cause of its own. */
  public NondeterministicUdtfException(String message) {
    super(message);
  }

  /** An error with its cause. */
  public NondeterministicUdtfException(String message, Throwable cause) {
    super(message, cause);
  }
}
