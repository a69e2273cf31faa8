package dev.geneva.internal.lock;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Exclusive locks among the threads of this process, by name. One entry for each name ever used,
 * which are few.
 */
public final class ProcessLocks {

  private static final ConcurrentMap<Object, Semaphore> PERMITS = new ConcurrentHashMap<>();

  private ProcessLocks() {}

  /** Takes a lock if it is free. */
  public static Optional<FileLocks.Held> tryAcquire(Object name) {
    Semaphore permit = permit(name);
    return permit.tryAcquire() ? Optional.of(held(permit)) : Optional.empty();
  }

  /** Takes a lock, waiting until it is free. Interruption doesn't end the wait. */
  public static FileLocks.Held acquire(Object name) {
    Semaphore permit = permit(name);
    permit.acquireUninterruptibly();
    return held(permit);
  }

  private static Semaphore permit(Object name) {
    return PERMITS.computeIfAbsent(name, key -> new Semaphore(1));
  }

  private static FileLocks.Held held(Semaphore permit) {
    AtomicBoolean released = new AtomicBoolean();
    return () -> {
      if (released.compareAndSet(false, true)) {
        permit.release();
      }
    };
  }
}
