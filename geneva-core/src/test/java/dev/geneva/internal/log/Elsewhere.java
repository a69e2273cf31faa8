package dev.geneva.internal.log;

import dev.geneva.internal.lock.FileLocks;
import dev.geneva.internal.store.LocalFileStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An owner of a view's log on another host, whose locks aren't ours. */
public final class Elsewhere {

  private final LogStore store;
  private final String refreshId = UUID.randomUUID().toString();
  private long next;

  /**
   * Looks at a log.
   *
   * @param folder of the log
   */
  public Elsewhere(Path folder) {
    store = new FileLogStore(new LocalFileStore(folder.getParent(), false), name(folder));
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }

  /** The lock of the log, as another process of this host would take it. */
  public Optional<FileLocks.Held> lock() throws IOException {
    return store.tryOwn();
  }

  /** Becomes the owner, whoever is. */
  public void acquire(long leaseMillis) throws IOException {
    List<String> names = store.names().stream().filter(name -> name.startsWith("record-")).toList();
    next =
        names.isEmpty()
            ? 1
            : Long.parseLong(names.get(names.size() - 1).substring("record-".length())) + 1;
    append(
        new LogRecord.Acquired(
            refreshId,
            "process 1 on another host (somebody)",
            "another host",
            "local",
            Instant.now().toString(),
            "never refreshed",
            1,
            1,
            leaseMillis,
            null));
  }

  /** Says that it lives. */
  public void beat() throws IOException {
    append(new LogRecord.Heartbeat(refreshId, Instant.now().toString()));
  }

  private void append(LogRecord logRecord) throws IOException {
    String name = String.format(java.util.Locale.ROOT, "record-%012d", next);
    if (!store.putIfAbsent(name, RecordCodec.encode(logRecord))) {
      throw new IllegalStateException(name + " is taken");
    }
    next++;
  }
}
