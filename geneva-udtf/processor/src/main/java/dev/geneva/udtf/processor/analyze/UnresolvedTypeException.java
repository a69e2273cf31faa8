package dev.geneva.udtf.processor.analyze;

/**
 * A type that the compiler doesn't know yet: another processor may generate it in a later round;
 * otherwise the compiler reports it itself.
 */
public final class UnresolvedTypeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnresolvedTypeException(String type) {
    super(type, null, false, false);
  }
}
