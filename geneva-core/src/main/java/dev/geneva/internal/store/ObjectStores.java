package dev.geneva.internal.store;

import dev.geneva.UnsupportedRuntimeException;
import java.util.Locale;
import java.util.Map;

/** Opens object stores, if the program has what they need. */
public final class ObjectStores {

  private static final String VERSION = "0.48.2";

  private ObjectStores() {}

  /**
   * Opens a store, without talking to it.
   *
   * @return closed by the caller
   * @throws UnsupportedRuntimeException if OpenDAL or its native library isn't there; the message
   *     says what to add
   * @throws dev.geneva.InvalidDefinitionException if the options aren't enough
   */
  public static FileStore open(ObjectStoreUri uri, StorageOptions options) {
    Map<String, String> service = options.forOpenDal();
    try {
      return OpenDalFileStore.open(uri, service);
    } catch (LinkageError e) {
      throw missing(uri.toString(), e);
    }
  }

  private static UnsupportedRuntimeException missing(String uri, Throwable cause) {
    return new UnsupportedRuntimeException(
        """
        To open %s, Apache OpenDAL and its native library must be on the class path. Add both:
          <dependency>
            <groupId>org.apache.opendal</groupId>
            <artifactId>opendal</artifactId>
            <version>%s</version>
          </dependency>
          <dependency>
            <groupId>org.apache.opendal</groupId>
            <artifactId>opendal</artifactId>
            <version>%s</version>
            <classifier>%s</classifier>
            <scope>runtime</scope>
          </dependency>
        """
            .formatted(uri, VERSION, VERSION, classifier())
            .stripTrailing(),
        cause);
  }

  /** As OpenDAL names this machine. */
  private static String classifier() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return (os.startsWith("mac") ? "osx" : os.startsWith("windows") ? "windows" : "linux")
        + (arch.equals("aarch64") || arch.equals("arm64") ? "-aarch_64" : "-x86_64");
  }
}
