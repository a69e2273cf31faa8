package dev.geneva.internal.connect;

import dev.geneva.Connection;
import dev.geneva.ConnectionOptions;
import dev.geneva.ConnectionProvider;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.UnsupportedRuntimeException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Opens databases on the local file system. */
public final class LocalConnectionProvider implements ConnectionProvider {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  /** For the service loader. */
  public LocalConnectionProvider() {}

  @Override
  public Connection connect(ConnectionOptions options) {
    return new DatabaseConnection(open(options));
  }

  /** Opens a database. Fails as {@link #connect} does. */
  static Database open(ConnectionOptions options) {
    requireFlags();
    Path root = path(options.uri());
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new NotFoundException("No database at " + root + ": it isn't a folder.");
    }
    return new Database(root, options);
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
              LocalConnectionProvider.class.getClassLoader())
          .getModule();
    } catch (ClassNotFoundException e) {
      throw new UnsupportedRuntimeException("arrow-memory-core isn't on the class path.", e);
    }
  }

  private static Path path(String uri) {
    try {
      if (!SCHEME.matcher(uri).matches()) {
        return Path.of(uri).toAbsolutePath().normalize();
      }
      if (uri.startsWith("file:")) {
        return Path.of(URI.create(uri)).toAbsolutePath().normalize();
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidDefinitionException("'" + uri + "' is no path: " + e.getMessage(), e);
    }
    throw new InvalidDefinitionException(
        "'" + uri + "': this release opens databases on the local file system only.");
  }
}
