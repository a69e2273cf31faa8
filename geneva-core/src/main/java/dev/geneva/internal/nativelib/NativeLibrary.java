package dev.geneva.internal.nativelib;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A native library in a jar. */
public final class NativeLibrary {

  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

  private final URL url;
  private final String fileName;

  private NativeLibrary(URL url, String fileName) {
    this.url = url;
    this.fileName = fileName;
  }

  /**
   * Finds this platform's library.
   *
   * @param owner a class of the jar that has it
   * @param path where that jar has its libraries, a folder for each platform in it
   * @param name without what the platform puts around it
   * @throws UnsatisfiedLinkError if there is none
   */
  public static NativeLibrary of(Class<?> owner, String path, String name) {
    String fileName = System.mapLibraryName(name);
    String resource = path + "/" + platform() + "/" + fileName;
    URL url = owner.getResource(resource);
    if (url == null) {
      throw new UnsatisfiedLinkError(
          "%s has no native library for this platform: no %s in its jar. There are some for Linux on x86-64 and ARM and for macOS on ARM."
              .formatted(owner.getName(), resource));
    }
    return new NativeLibrary(url, fileName);
  }

  /** What the folders of the platforms are called. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (system.startsWith("mac") ? "darwin" : system.startsWith("win") ? "win32" : system)
        + "-"
        + (architecture.equals("amd64") || architecture.equals("x86_64") ? "x86-64" : architecture);
  }

  /**
   * Loads it: from the cache, which has it after this, or, where there can't be one, from a
   * temporary file of this process.
   *
   * @throws UnsatisfiedLinkError if the system refuses it
   */
  public void load() {
    LibraryCache.ofThisUser().flatMap(this::kept).ifPresentOrElse(this::load, this::loadTemporary);
  }

  private Optional<Path> kept(LibraryCache cache) {
    try {
      URLConnection connection = url.openConnection();
      connection.setUseCaches(false);
      if (!(connection instanceof JarURLConnection jar)) {
        return Optional.empty();
      }
      try (var opened = jar.getJarFile()) {
        JarEntry entry = jar.getJarEntry();
        Packed packed = new Packed(fileName, entry.getSize(), entry.getCrc());
        return Optional.of(cache.keep(packed, () -> opened.getInputStream(entry)));
      }
    } catch (IOException | UnsupportedOperationException e) { // the latter: owners aren't known
      LOG.info("The native library can't be kept between processes: {}", e.toString());
      return Optional.empty();
    }
  }

  private void load(Path file) {
    try {
      System.load(file.toString());
    } catch (UnsatisfiedLinkError e) {
      // Such as a home that is mounted without the right to execute.
      LOG.info("{} can't be loaded from there: {}", file, e.getMessage());
      loadTemporary();
    }
  }

  private void loadTemporary() {
    try {
      Path file = Files.createTempFile(fileName, "");
      file.toFile().deleteOnExit();
      try (InputStream in = url.openStream()) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
      System.load(file.toString());
    } catch (IOException e) {
      throw new IllegalStateException(
          "The native library "
              + fileName
              + " can't be unpacked into java.io.tmpdir, "
              + System.getProperty("java.io.tmpdir")
              + ": "
              + e,
          e);
    }
  }
}
