package dev.geneva;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** Where an application starts: opens connections to databases. */
public final class Geneva {

  private Geneva() {}

  /**
   * Opens a database, which is a folder of Lance tables. The folder is created with its first
   * table.
   *
   * @param uri a path such as {@code /data/mydb}, a {@code file:} URI, or {@code s3://}, {@code
   *     gs://} or {@code az://} with a bucket and a path, which need OpenDAL on the class path
   * @return a connection that the caller closes
   * @throws InvalidDefinitionException if it isn't such a path or URI
   * @throws NotFoundException if the path exists and isn't a folder
   * @throws StorageException if the object store doesn't answer within seconds, or lets us not in
   * @throws UnsupportedRuntimeException if a JVM flag or a library is missing; the message names it
   */
  public static Connection connect(String uri) {
    return builder(uri).connect();
  }

  /** Sets options for a connection. */
  public static Builder builder(String uri) {
    return new Builder(uri);
  }

  /** Options for a connection. Not thread-safe. */
  public static final class Builder {
    private final String uri;
    private final Map<String, String> storageOptions = new HashMap<>();
    private LocalCapacity localCapacity = LocalCapacity.ofProcess();
    private boolean syncToDisk = true;
    private Duration leasePeriod = Duration.ofSeconds(30);

    private Builder(String uri) {
      this.uri = uri;
    }

    /**
     * Sets options of the storage, as Lance names them, such as {@code aws_endpoint}, {@code
     * aws_region}, {@code aws_access_key_id} and {@code aws_secret_access_key}. Their values are
     * never logged or stored. A local folder has none.
     *
     * @param options added to those already set
     */
    public Builder storageOptions(Map<String, String> options) {
      storageOptions.putAll(options);
      return this;
    }

    /**
     * Sets what refreshes in this process may use.
     *
     * @param capacity default: what the process has
     */
    public Builder localCapacity(LocalCapacity capacity) {
      localCapacity = capacity;
      return this;
    }

    /**
     * Sets whether the data files of a view are forced to disk before they count as written, which
     * guards against loss of power; a killed process never loses anything either way.
     *
     * @param sync default: true
     */
    public Builder syncToDisk(boolean sync) {
      syncToDisk = sync;
      return this;
    }

    /**
     * Sets after how long without a sign of life a refresh of this connection may be taken for dead
     * by others on another host, or on an object store by any other process, who then take it over.
     * On a local disk, whether a process of the same host lives is known at once.
     *
     * @param period at least one second; default: 30 seconds
     * @throws InvalidDefinitionException if it is shorter
     */
    public Builder leasePeriod(Duration period) {
      if (period.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new InvalidDefinitionException(
            "leasePeriod must be at least one second, not " + period);
      }
      leasePeriod = period;
      return this;
    }

    /** Opens the connection. Fails as {@link Geneva#connect} does. */
    public Connection connect() {
      ConnectionOptions options =
          new ConnectionOptions(uri, storageOptions, localCapacity, syncToDisk, leasePeriod);
      return ServiceLoader.load(ConnectionProvider.class, Geneva.class.getClassLoader())
          .findFirst()
          .orElseThrow(
              () ->
                  new UnsupportedRuntimeException(
                      "geneva-core is incomplete on the class path: META-INF/services/"
                          + ConnectionProvider.class.getName()
                          + " is missing. A shaded jar must keep service files."))
          .connect(options);
    }
  }
}
