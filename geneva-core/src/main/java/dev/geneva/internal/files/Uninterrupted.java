package dev.geneva.internal.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;

/**
 * Works on files whether or not the thread is interrupted: an interrupt closes the channel that is
 * at work, and every one that is used later, so without this a cancelled refresh couldn't even
 * record that it was.
 */
public final class Uninterrupted {

  private Uninterrupted() {}

  /** What is to be done; done again from the start if an interrupt broke in. */
  @FunctionalInterface
  public interface Operation<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /** Does it; the thread is interrupted afterwards if it was before or has been meanwhile. */
  public static <T> T call(Operation<T> operation) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return operation.run();
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
          Thread.interrupted();
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
