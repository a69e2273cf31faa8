package dev.geneva.ray.internal.driver;

import io.ray.api.exception.RayException;

/** A worker died, or never came to life: its task runs on another one. */
final class WorkerLostException extends Exception {
  private static final long serialVersionUID = 1L;

  private WorkerLostException(Throwable cause) {
    super(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""), cause);
  }

  /**
   * What Ray threw, if it says that a worker is lost. No method of an actor throws, so whatever Ray
   * throws for one is the worker's end: of the actor, the worker or the node, a kill for want of
   * memory ({@code UnreconstructableException}), or a runtime environment that failed.
   *
   * @throws RuntimeException the same, if it is something else
   */
  static WorkerLostException of(RuntimeException thrown) {
    if (thrown instanceof RayException || isLostEnvironment(thrown)) {
      return new WorkerLostException(thrown);
    }
    throw thrown;
  }

  /** Ray's Java side doesn't know the error, and stumbles over its name. */
  private static boolean isLostEnvironment(RuntimeException thrown) {
    return thrown instanceof IllegalArgumentException
        && String.valueOf(thrown.getMessage()).contains("Unrecognized metadata");
  }
}
