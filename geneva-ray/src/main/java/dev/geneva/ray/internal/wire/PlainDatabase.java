package dev.geneva.ray.internal.wire;

import dev.geneva.ConnectionOptions;
import dev.geneva.LocalCapacity;
import java.util.Map;

/**
 * A database for another process. May hold secrets: it travels on standard input and between Ray's
 * processes, never in arguments or logs.
 *
 * @param uri where it is
 * @param storageOptions options of the storage
 * @param cpus what the application's process may use
 * @param gpus the same of GPUs
 * @param memoryBytes the same of memory
 * @param syncToDisk whether data files are forced to disk
 */
public record PlainDatabase(
    String uri,
    Map<String, String> storageOptions,
    double cpus,
    double gpus,
    long memoryBytes,
    boolean syncToDisk) {

  /** Copies the map. */
  public PlainDatabase {
    storageOptions = Map.copyOf(storageOptions);
  }

  /** The database of a connection. */
  public static PlainDatabase of(ConnectionOptions options) {
    LocalCapacity capacity = options.localCapacity();
    return new PlainDatabase(
        options.uri(),
        options.storageOptions(),
        capacity.cpus(),
        capacity.gpus(),
        capacity.memoryBytes(),
        options.syncToDisk());
  }

  /** The options of a connection to it. */
  public ConnectionOptions options() {
    return new ConnectionOptions(
        uri, storageOptions, new LocalCapacity(cpus, gpus, memoryBytes), syncToDisk);
  }

  /** Without the values of the storage options, which may be secrets. */
  @Override
  public String toString() {
    return "PlainDatabase[uri=" + uri + ", storageOptions=" + storageOptions.keySet() + "]";
  }
}
