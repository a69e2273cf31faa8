package dev.geneva.internal.run;

/** Waits for threads, whether or not the waiting one is interrupted. */
public final class Joining {

  private Joining() {}

  /** Waits for a thread to end; an interrupt is kept for the caller. */
  public static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
