package dev.geneva.internal.connect;

import dev.geneva.ConnectionOptions;
import dev.geneva.Engine;
import dev.geneva.EngineContext;
import dev.geneva.StorageException;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.lance.LanceWrites;
import dev.geneva.internal.lance.LatestDataset;
import dev.geneva.internal.lock.FileLocks;
import dev.geneva.internal.log.FileLogStore;
import dev.geneva.internal.log.LeaseWatch;
import dev.geneva.internal.log.RefreshLog;
import dev.geneva.internal.query.QuerySpec;
import dev.geneva.internal.remote.RefreshEngine;
import dev.geneva.internal.store.FileStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** What the tables and views of one connection share. Thread-safe. */
final class Database implements AutoCloseable {

  /** Beside the tables; other programs overlook it, as it isn't a table. */
  private static final String OWN_FOLDER = "_geneva";

  private final ConnectionOptions options;
  private final FileStore files;
  private final BufferAllocator allocator;
  private final LanceStorage storage;
  private final ConcurrentMap<String, LatestDataset> latest = new ConcurrentHashMap<>();
  private final LeaseWatch leases;
  private final AtomicBoolean closed = new AtomicBoolean();

  private final AtomicReference<@Nullable OpenContext> context = new AtomicReference<>();

  /**
   * Opens nothing yet.
   *
   * @param files of the database; closed with it
   * @param storageOptions as Lance takes them
   */
  Database(FileStore files, Map<String, String> storageOptions, ConnectionOptions options) {
    this(files, storageOptions, options, LanceWrites.DIRECT);
  }

  /** Has Lance's own writes made by somebody. */
  Database(
      FileStore files,
      Map<String, String> storageOptions,
      ConnectionOptions options,
      LanceWrites writes) {
    this.leases = new LeaseWatch(options.leasePeriod());
    this.options = options;
    this.files = files;
    this.allocator = new RootAllocator();
    this.storage = new LanceStorage(files, storageOptions, allocator, writes);
  }

  /** Opens a database. Fails as {@link dev.geneva.Geneva#connect} does. */
  static Database open(ConnectionOptions options) {
    return DatabaseConnectionProvider.open(options);
  }

  ConnectionOptions options() {
    return options;
  }

  BufferAllocator allocator() {
    return allocator;
  }

  LanceStorage storage() {
    return storage;
  }

  /**
   * Finds out whether the connection is open.
   *
   * @throws IllegalStateException if not
   */
  void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("The connection is closed.");
    }
  }

  /** The latest version of a relation; the caller closes it. */
  LanceDataset latest(String name) {
    requireOpen();
    return latest.computeIfAbsent(name, key -> new LatestDataset(storage, key)).acquire();
  }

  /** The version of a relation that a query reads; the caller closes it. */
  LanceDataset at(QuerySpec query) {
    requireOpen();
    return query.version() == null
        ? latest(query.source())
        : storage.open(query.source(), OptionalLong.of(query.version()));
  }

  /** Closes a relation that was dropped. */
  void forget(String name) {
    LatestDataset dropped = latest.remove(name);
    if (dropped != null) {
      dropped.close();
    }
  }

  /** Keeps others, also in other processes, from creating or dropping. */
  FileLocks.Held lockNames() {
    try {
      return files.lock(OWN_FOLDER + "/.names");
    } catch (IOException e) {
      throw new StorageException("Can't lock the names of " + files.root() + ": " + e, e);
    }
  }

  /** The log of a view. */
  RefreshLog log(String view, String uuid) {
    return new RefreshLog(view, uuid, new FileLogStore(files, OWN_FOLDER + "/" + uuid), leases);
  }

  /** Clusters and manifests. */
  Definitions definitions() {
    requireOpen();
    return new Definitions(new FileLogStore(files, OWN_FOLDER + "/definitions"));
  }

  /** Opens the context; there must be none. */
  EngineContext openContext(Supplier<RefreshEngine> start) {
    requireOpen();
    return OpenContext.open(context, start);
  }

  /** The engine of the context; empty if none is open. */
  Optional<Engine> contextEngine() {
    OpenContext open = context.get();
    return open == null ? Optional.empty() : Optional.of(open.started());
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    OpenContext open = context.get();
    if (open != null) {
      open.close();
    }
    latest.values().forEach(LatestDataset::close);
    latest.clear();
    files.close();
    allocator.close();
  }
}
