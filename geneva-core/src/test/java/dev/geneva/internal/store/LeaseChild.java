package dev.geneva.internal.store;

import dev.geneva.internal.lock.FileLocks;
import java.io.IOException;
import java.time.Duration;

/** Another process that holds a lease until it is killed. */
final class LeaseChild {

  static final Duration PERIOD = Duration.ofSeconds(2);

  private LeaseChild() {}

  /**
   * Runs.
   *
   * @param arguments the database, and the endpoint
   */
  public static void main(String[] arguments) throws IOException {
    try (FileStore store = LeaseTest.open(arguments[0], arguments[1]);
        FileLocks.Held held = new Lease(store, "_geneva/.names", PERIOD).acquire()) {
      System.out.println("held");
      System.in.read(); // until we are killed
    }
  }
}
