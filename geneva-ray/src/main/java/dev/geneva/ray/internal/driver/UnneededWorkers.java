package dev.geneva.ray.internal.driver;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers that were asked for and aren't needed any more before they have come. If such an actor is
 * killed, Ray keeps the process that it has started for it, idle, until this one ends. So each may
 * come, and is ended then. Thread-safe.
 */
final class UnneededWorkers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UnneededWorkers.class);

  /** After that, it is taken to wait for room, where Ray hasn't started a process for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int POLL_MILLIS = 200;

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  /** Ends a worker that nobody else uses any more, without waiting for it. */
  void add(Worker worker) {
    Thread thread = new Thread(() -> end(worker), "geneva-unneeded-worker");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void end(Worker worker) {
    try {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!worker.hasBegun(POLL_MILLIS)) {
        if (closing || System.nanoTime() > deadline) {
          worker.kill();
          return;
        }
      }
      worker.close();
    } catch (WorkerLostException e) {
      worker.kill();
    } catch (RuntimeException e) {
      LOG.debug("A worker that isn't needed can't be ended: {}", e.getMessage()); // Ray has ended
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  /**
   * Gives up those that haven't come, which Ray ends with this process, and waits for the threads,
   * two seconds or so at most: none may use Ray once it is shut down.
   */
  @Override
  public void close() {
    closing = true;
    try {
      for (Thread thread : List.copyOf(threads)) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
