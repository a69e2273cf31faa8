package dev.geneva.ray.internal.driver;

import dev.geneva.ResourcesUnavailableException;
import dev.geneva.ray.internal.room.Nodes;
import dev.geneva.ray.internal.room.WorkerRequest;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * For how long a job has had no worker at all, and when that is too long: while one works, the
 * others may take their time to come. Thread-safe.
 */
final class Vacancy {

  /** After that, it isn't a busy cluster any more that keeps the first worker waiting. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Ray takes up to 15 s to notice a node's death, and then there is no place to wait for. */
  static final Duration NODE_DEATH = Duration.ofSeconds(25);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  private final WorkerRequest request;
  private final String udtf;
  private final Supplier<Nodes> nodes;
  private final LongSupplier nanoTime;
  private int workers;
  private long emptySince;
  private long lookedAt;

  /**
   * Begins without a worker.
   *
   * @param udtf the function's name, for messages
   * @param nodes asks for the nodes that live
   * @param nanoTime the clock
   */
  Vacancy(WorkerRequest request, String udtf, Supplier<Nodes> nodes, LongSupplier nanoTime) {
    this.request = request;
    this.udtf = udtf;
    this.nodes = nodes;
    this.nanoTime = nanoTime;
    this.emptySince = nanoTime.getAsLong();
    this.lookedAt = emptySince;
  }

  /**
   * So many workers more, or less.
   *
   * @return how many there are now
   */
  synchronized int workers(int more) {
    workers += more;
    if (workers == 0) {
      emptySince = nanoTime.getAsLong();
      lookedAt = emptySince;
    }
    return workers;
  }

  /** Whether there is a worker. */
  synchronized boolean isFilled() {
    return workers > 0;
  }

  /**
   * To be called now and then by whoever waits for a worker.
   *
   * @throws ResourcesUnavailableException if there is none for too long
   */
  synchronized void check() {
    long now = nanoTime.getAsLong();
    if (workers > 0) {
      return;
    }
    if (now - emptySince > PATIENCE.toNanos()) {
      throw new ResourcesUnavailableException(
          "No worker for %s with %s came in %d minutes: the cluster is busy with other work."
              .formatted(udtf, WorkerRequest.describe(request.resources()), PATIENCE.toMinutes()));
    }
    if (now - emptySince >= NODE_DEATH.toNanos() && now - lookedAt >= BETWEEN_LOOKS.toNanos()) {
      lookedAt = now;
      Nodes left = nodes.get();
      if (left.places(request) == 0) {
        throw new ResourcesUnavailableException(
            "%s asks for %s a worker, and no node that is left has that: %s. What was finished is kept: refresh again when there are nodes."
                .formatted(udtf, WorkerRequest.describe(request.resources()), left.describe()));
      }
    }
  }
}
