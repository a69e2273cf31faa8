package dev.geneva.internal.connect;

import dev.geneva.Connection;
import dev.geneva.ConnectionOptions;
import dev.geneva.ConnectionProvider;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.StorageException;
import dev.geneva.UnsupportedRuntimeException;
import dev.geneva.internal.store.FileStore;
import dev.geneva.internal.store.LocalFileStore;
import dev.geneva.internal.store.ObjectStoreUri;
import dev.geneva.internal.store.ObjectStores;
import dev.geneva.internal.store.StorageOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens databases on the local file system and on object stores. */
public final class DatabaseConnectionProvider implements ConnectionProvider {

  /** For the service loader. */
  public DatabaseConnectionProvider() {}

  @Override
  public Connection connect(ConnectionOptions options) {
    return new DatabaseConnection(open(options));
  }

  /** Opens a database. Fails as {@link #connect} does. */
  static Database open(ConnectionOptions options) {
    requireFlags();
    FirstSchema.begin();
    if (ObjectStoreUri.isRemote(options.uri())) {
      return open(ObjectStoreUri.parse(options.uri()), options);
    }
    Path root = path(options.uri());
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new NotFoundException("No database at " + root + ": it isn't a folder.");
    }
    FileStore files = new LocalFileStore(root, options.syncToDisk());
    return new Database(files, options.storageOptions(), options);
  }

  private static Database open(ObjectStoreUri uri, ConnectionOptions options) {
    StorageOptions storageOptions = new StorageOptions(uri, options.storageOptions());
    FileStore files = ObjectStores.open(uri, storageOptions);
    try {
      files.check();
    } catch (IOException e) {
      files.close();
      throw new StorageException(
          "Can't open the database at "
              + uri
              + ": "
              + e.getMessage()
              + ". Look at the bucket, and at the endpoint, the region and the keys in"
              + " storageOptions.",
          e);
    }
    return new Database(files, storageOptions.forLance(), options);
  }

  /** Arrow's own error for this is the failure of a static initialiser, and only the first time. */
  private static void requireFlags() {
    Module base = ByteBuffer.class.getModule();
    if (!base.isOpen("java.nio", moduleOfArrow())) {
      throw new UnsupportedRuntimeException(
          "Arrow needs access to java.nio: start Java with"
              + " --add-opens=java.base/java.nio=ALL-UNNAMED, or put"
              + " 'Add-Opens: java.base/java.nio' into the manifest of the runnable jar.");
    }
  }

  private static Module moduleOfArrow() {
    try {
      // Without initialising it, which is what fails.
      return Class.forName(
              "org.apache.arrow.memory.util.MemoryUtil",
              false,
              DatabaseConnectionProvider.class.getClassLoader())
          .getModule();
    } catch (ClassNotFoundException e) {
      throw new UnsupportedRuntimeException("arrow-memory-core isn't on the class path.", e);
    }
  }

  private static Path path(String uri) {
    try {
      Path path = uri.startsWith("file:") ? Path.of(URI.create(uri)) : Path.of(uri);
      return path.toAbsolutePath().normalize();
    } catch (IllegalArgumentException e) {
      throw new InvalidDefinitionException("'" + uri + "' is no path: " + e.getMessage(), e);
    }
  }
}
