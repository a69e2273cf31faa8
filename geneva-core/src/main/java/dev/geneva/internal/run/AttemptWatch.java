package dev.geneva.internal.run;

import dev.geneva.GenevaException;
import dev.geneva.PartitionFailedException;
import dev.geneva.RefreshTimeoutException;
import dev.geneva.internal.plan.Partition;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Watches the calls of a refresh's function. One whose time is up is interrupted and finds out at
 * its next batch; one that then doesn't stop is given up, as nobody can stop it. A refresh that is
 * cancelled has its calls interrupted, too. Thread-safe.
 */
public final class AttemptWatch implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofMillis(20);
  private static final Duration LONGEST_GRACE = Duration.ofSeconds(10);
  private static final Duration SHORTEST_GRACE = Duration.ofSeconds(1);

  private final Cancellation cancellation;
  private final Optional<Duration> timeout;
  private final Optional<Duration> partitionTimeout;
  private final long begin = System.nanoTime();
  private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<GenevaException> givenUp = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final @Nullable Thread thread;

  /**
   * Watches calls from now on.
   *
   * @param timeout of the refresh
   * @param partitionTimeout of each call
   */
  public AttemptWatch(
      String view,
      Cancellation cancellation,
      Optional<Duration> timeout,
      Optional<Duration> partitionTimeout) {
    this.cancellation = cancellation;
    this.timeout = timeout;
    this.partitionTimeout = partitionTimeout;
    cancellation.onRequest(() -> attempts.forEach(Attempt::interrupt));
    if (timeout.isEmpty() && partitionTimeout.isEmpty()) {
      thread = null;
    } else {
      thread = new Thread(this::run, "geneva-" + view + "-watch");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** A call begins, on this thread. */
  Attempt begin(String label, Partition partition) {
    Attempt attempt = new Attempt(label, partition);
    attempts.add(attempt);
    if (cancellation.isRequested()) {
      attempt.interrupt();
    }
    return attempt;
  }

  /** Completes with the error of the first call that doesn't stop though its time is up. */
  public CompletableFuture<GenevaException> givenUp() {
    return givenUp;
  }

  /** The time that each call has. */
  public Optional<Duration> partitionTimeout() {
    return partitionTimeout;
  }

  private void run() {
    try {
      while (!ended.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        look(now);
        attempts.forEach(attempt -> attempt.look(now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // by nobody of ours
    }
  }

  private void look(long now) {
    timeout
        .filter(limit -> now - begin >= limit.toNanos())
        .ifPresent(
            limit ->
                cancellation.request(
                    () ->
                        new RefreshTimeoutException(
                            "The refresh took longer than "
                                + limit
                                + " and was stopped; the view is as it was. The next refresh goes"
                                + " on from what was finished.")));
  }

  /** The time that a call has to stop in. */
  private static Duration grace(Duration limit) {
    if (limit.compareTo(SHORTEST_GRACE) < 0) {
      return SHORTEST_GRACE;
    }
    return limit.compareTo(LONGEST_GRACE) > 0 ? LONGEST_GRACE : limit;
  }

  @Override
  public void close() {
    ended.countDown();
    if (thread != null) {
      Joining.join(thread);
    }
  }

  /** One call of the function. */
  final class Attempt implements AutoCloseable {
    private final String label;
    private final Partition partition;
    private final Thread caller = Thread.currentThread();
    private final long begin = System.nanoTime();
    private volatile boolean timedOut;
    private boolean closed;

    private Attempt(String label, Partition partition) {
      this.label = label;
      this.partition = partition;
    }

    /**
     * Stops here if that was asked for.
     *
     * @throws GenevaException if the refresh shall stop, or the call's time is up
     */
    void check() {
      cancellation.check();
      if (timedOut) {
        throw new GenevaException("The call's time is up.", timeout());
      }
    }

    /** What happened if the call's time was up: that is why it failed, whatever it threw. */
    Throwable explained(Throwable error) {
      if (!timedOut || cancellation.isRequested()) {
        return error;
      }
      TimeoutException explained = timeout();
      explained.addSuppressed(error);
      return explained;
    }

    private TimeoutException timeout() {
      return new TimeoutException("it took longer than " + partitionTimeout.orElse(Duration.ZERO));
    }

    private void look(long now) {
      if (partitionTimeout.isPresent()) {
        Duration limit = partitionTimeout.get();
        if (now - begin >= limit.toNanos() && !timedOut) {
          timedOut = true;
          interrupt();
        } else if (timedOut && now - begin >= limit.plus(grace(limit)).toNanos()) {
          giveUp(
              limit,
              message -> new PartitionFailedException(message, partition.key(), 1, timeout()));
        }
      }
      if (timeout.isPresent()) {
        Duration limit = timeout.get();
        if (now - AttemptWatch.this.begin >= limit.plus(grace(limit)).toNanos()) {
          giveUp(limit, RefreshTimeoutException::new);
        }
      }
    }

    private void giveUp(Duration limit, Function<String, GenevaException> error) {
      String stack =
          Stream.of(caller.getStackTrace())
              .map(frame -> "\n    at " + frame)
              .collect(Collectors.joining());
      givenUp.complete(
          error.apply(
              "%s doesn't stop, though its time of %s is up and it was interrupted. It is left behind on thread %s, which is at:%s"
                  .formatted(label, limit, caller.getName(), stack)));
    }

    private synchronized void interrupt() {
      if (!closed) {
        caller.interrupt();
      }
    }

    /** The call has ended; its thread isn't interrupted any more. */
    @Override
    public synchronized void close() {
      closed = true;
      attempts.remove(this);
    }
  }
}
