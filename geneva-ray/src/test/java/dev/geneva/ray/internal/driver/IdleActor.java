package dev.geneva.ray.internal.driver;

/** An actor that does nothing. */
public final class IdleActor {

  /** Gives back what it gets. */
  public byte[] call(byte[] message) {
    return message;
  }
}
