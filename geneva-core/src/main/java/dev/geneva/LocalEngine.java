package dev.geneva;

/**
 * Runs tasks on threads of this process, bounded by the connection's {@link LocalCapacity}. The
 * default.
 */
public record LocalEngine() implements Engine {

  /** The engine, with nothing set. */
  public static LocalEngine ofDefaults() {
    return new LocalEngine();
  }

  @Override
  public String name() {
    return "local";
  }
}
