package dev.geneva.ray.internal.driver;

import io.ray.api.exception.RayException;
import io.ray.api.exception.UnreconstructableException;
import java.util.Optional;
import java.util.function.Supplier;

/** A worker died, or never came to life: its tasks run on another one. */
final class WorkerLostException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean outOfMemory;

  private WorkerLostException(String message, boolean outOfMemory, Throwable cause) {
    super(message, cause);
    this.outOfMemory = outOfMemory;
  }

  /**
   * What Ray threw, if it says that a worker is lost. No method of an actor throws, so whatever Ray
   * throws for one is the worker's end: of the actor, the worker or the node, a kill for want of
   * memory, or a runtime environment that failed.
   *
   * @param death what Ray knows of the worker's death, asked only if it is lost
   * @throws RuntimeException the same, if it is something else
   */
  static WorkerLostException of(RuntimeException thrown, Supplier<Optional<DeathCause>> death) {
    if (!(thrown instanceof RayException) && !isLostEnvironment(thrown)) {
      throw thrown;
    }
    String message = firstLine(String.valueOf(thrown.getMessage()));
    DeathCause cause = death.get().orElse(new DeathCause("", false));
    // Ray's Java side doesn't know the error by which it tells a kill by its memory monitor.
    boolean outOfMemory = cause.outOfMemory() || thrown instanceof UnreconstructableException;
    String why = firstLine(cause.text());
    return new WorkerLostException(
        (outOfMemory ? "Ray killed it because its host was short of memory: " : "")
            + (why.isEmpty() ? message : why),
        outOfMemory,
        thrown);
  }

  /** Without what Ray guesses at. */
  private static String firstLine(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    int guesses = line.indexOf(" There are some potential root causes");
    return guesses < 0 ? line : line.substring(0, guesses);
  }

  /** Ray's Java side doesn't know the error, and stumbles over its name. */
  private static boolean isLostEnvironment(RuntimeException thrown) {
    return thrown instanceof IllegalArgumentException
        && String.valueOf(thrown.getMessage()).contains("Unrecognized metadata");
  }

  /** Whether it was killed because its host was short of memory. */
  boolean isOutOfMemory() {
    return outOfMemory;
  }
}
