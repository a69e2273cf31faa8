package dev.geneva;

import java.time.Duration;
import java.util.Map;

/**
 * What {@link Geneva.Builder} collected.
 *
 * @param uri the database's path or URI
 * @param storageOptions options of the storage; may hold secrets
 * @param localCapacity what refreshes in this process may use
 * @param syncToDisk whether data files are forced to disk
 * @param leasePeriod after so long without a sign of life, others may take over
 */
public record ConnectionOptions(
    String uri,
    Map<String, String> storageOptions,
    LocalCapacity localCapacity,
    boolean syncToDisk,
    Duration leasePeriod) {
  /** Copies the map. */
  public ConnectionOptions {
    storageOptions = Map.copyOf(storageOptions);
  }

  /** Without the values of the storage options, which may be secrets. */
  @Override
  public String toString() {
    return "ConnectionOptions[uri=" + uri + ", storageOptions=" + storageOptions.keySet() + "]";
  }
}
