package dev.geneva.ray.internal.actor;

/**
 * Has the tasks of a worker begin in the order in which they were sent, each when the one before
 * has called the function for the last time: Ray hands them to several threads. When one has
 * failed, no other begins. Thread-safe.
 */
final class Turns {

  private long next = 1;
  private boolean stopped;

  /**
   * Waits for a task's turn.
   *
   * @param number the tasks are numbered from 1
   * @return false if it isn't to begin at all
   */
  synchronized boolean await(long number) throws InterruptedException {
    while (next < number && !stopped) {
      wait();
    }
    return !stopped;
  }

  /** A task's turn is over. Said twice, it counts once. */
  synchronized void pass(long number) {
    next = Math.max(next, number + 1);
    notifyAll();
  }

  /** No other task begins. */
  synchronized void stop() {
    stopped = true;
    notifyAll();
  }
}
