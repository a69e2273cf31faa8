package dev.geneva.internal.log;

import dev.geneva.internal.lock.FileLocks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps files in memory: for tests of everything that is built on a log. */
public final class MemoryLogStore implements LogStore {

  private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
  private final Semaphore owner = new Semaphore(1);

  @Override
  public boolean putIfAbsent(String name, byte[] content) {
    return files.putIfAbsent(name, content.clone()) == null;
  }

  @Override
  public Optional<byte[]> read(String name) {
    return Optional.ofNullable(files.get(name)).map(byte[]::clone);
  }

  @Override
  public List<String> names() {
    return List.copyOf(files.keySet());
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  @Override
  public void deleteAll() {
    files.clear();
  }

  @Override
  public Optional<FileLocks.Held> tryOwn() {
    if (!owner.tryAcquire()) {
      return Optional.empty();
    }
    AtomicBoolean released = new AtomicBoolean();
    return Optional.of(
        () -> {
          if (released.compareAndSet(false, true)) {
            owner.release();
          }
        });
  }

  @Override
  public String domain() {
    return "memory";
  }
}
