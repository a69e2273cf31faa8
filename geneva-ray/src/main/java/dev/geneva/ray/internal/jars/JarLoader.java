package dev.geneva.ray.internal.jars;

import dev.geneva.StorageException;
import dev.geneva.internal.connect.WorkerDatabase;
import dev.geneva.ray.internal.folder.Folders;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads classes from jars in the database. Each process fetches them itself: what is in the
 * database every host can read, and its name is the digest of its content.
 */
public final class JarLoader implements AutoCloseable {

  private final ClassLoader classes;
  private final @Nullable Path folder;

  private JarLoader(ClassLoader classes, @Nullable Path folder) {
    this.classes = classes;
    this.folder = folder;
  }

  /**
   * Fetches jars.
   *
   * @param digests of their contents; none: the classes are on the class path
   */
  public static JarLoader of(WorkerDatabase database, List<String> digests) {
    ClassLoader parent = JarLoader.class.getClassLoader();
    if (digests.isEmpty()) {
      return new JarLoader(parent, null);
    }
    Path folder = null;
    try {
      folder = Files.createTempDirectory("geneva-jars-");
      List<URL> urls = new ArrayList<>();
      for (String digest : digests) {
        Path file = folder.resolve(digest + ".jar");
        Files.write(file, database.jar(digest));
        urls.add(file.toUri().toURL());
      }
      return new JarLoader(new URLClassLoader(urls.toArray(URL[]::new), parent), folder);
    } catch (IOException e) {
      if (folder != null) {
        Folders.delete(folder);
      }
      throw new StorageException("Can't fetch the jars of the manifest: " + e, e);
    } catch (RuntimeException | Error e) {
      if (folder != null) {
        Folders.delete(folder);
      }
      throw e;
    }
  }

  /** Does something while the thread finds the jars' classes. */
  public <T> T call(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes);
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void close() {
    if (folder != null) {
      try {
        ((URLClassLoader) classes).close();
      } catch (IOException e) {
        throw new StorageException("Can't close the jars of the manifest: " + e, e);
      } finally {
        Folders.delete(folder);
      }
    }
  }
}
