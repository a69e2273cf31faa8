package dev.geneva.ray.internal.actor;

import dev.geneva.ray.internal.folder.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's own folder for temporary files, which the driver has named in {@code
 * java.io.tmpdir}. A worker is killed at its end, so it can't tidy up then: native libraries
 * (Lance's has 181 MB) are deleted as soon as they are loaded, which Linux and macOS allow.
 */
final class WorkerFolder {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerFolder.class);
  private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"));

  /** Only what was made for a worker is deleted, whatever the property says. */
  static final String PREFIX = "geneva-worker-";

  private WorkerFolder() {}

  static void create() {
    try {
      Files.createDirectories(FOLDER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void deleteLibraries() {
    if (!isOwn()) {
      return;
    }
    try (DirectoryStream<Path> libraries =
        Files.newDirectoryStream(FOLDER, "*.{so,dylib,jnilib}")) {
      for (Path library : libraries) {
        Files.deleteIfExists(library);
      }
    } catch (IOException e) {
      LOG.warn("Can't delete native libraries in {}", FOLDER, e);
    }
  }

  static void delete() {
    if (!isOwn()) {
      return;
    }
    Folders.delete(FOLDER);
    try {
      Files.deleteIfExists(FOLDER.getParent());
    } catch (IOException e) {
      // Others still use it, and the last of them deletes it.
    }
  }

  private static boolean isOwn() {
    return FOLDER.getFileName().toString().startsWith(PREFIX);
  }
}
