package dev.geneva.ray.internal.wire;

import dev.geneva.ConnectionOptions;
import dev.geneva.LocalCapacity;
import java.time.Duration;
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
 * @param leasePeriod after so long without a sign of life, others may take over; in nanoseconds
 */
public record PlainDatabase(
    String uri,
    Map<String, String> storageOptions,
    double cpus,
    double gpus,
    long memoryBytes,
    boolean syncToDisk,
    long leasePeriod) {

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
        options.syncToDisk(),
        options.leasePeriod().toNanos());
  }

  /** The options of a connection to it. */
  public ConnectionOptions options() {
    return new ConnectionOptions(
        uri,
        storageOptions,
        new LocalCapacity(cpus, gpus, memoryBytes),
        syncToDisk,
        Duration.ofNanos(leasePeriod));
  }

  /** Without the values of the storage options, which may be secrets. */
  @Override
  public String toString() {
    return "PlainDatabase[uri=" + uri + ", storageOptions=" + storageOptions.keySet() + "]";
  }
}
