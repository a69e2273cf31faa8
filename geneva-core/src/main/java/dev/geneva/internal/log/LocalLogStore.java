package dev.geneva.internal.log;

import dev.geneva.internal.files.Durable;
import dev.geneva.internal.files.Uninterrupted;
import dev.geneva.internal.lock.FileLocks;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Keeps files in a folder of the local file system, which is created with the first of them. */
public final class LocalLogStore implements LogStore {

  private static final String LOCK = ".owner";
  private static final String PARTIAL = ".partial-";

  private final Path folder;
  private final boolean syncToDisk;
  private volatile boolean parentsForced;

  /**
   * Opens nothing yet.
   *
   * @param syncToDisk whether each file is forced to disk
   */
  public LocalLogStore(Path folder, boolean syncToDisk) {
    this.folder = folder;
    this.syncToDisk = syncToDisk;
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws IOException {
    Path target = folder.resolve(name);
    if (Files.exists(target)) {
      return false;
    }
    Files.createDirectories(folder);
    // The content first, under a name that nobody reads, then the name: a link fails if the name is
    // taken, unlike a rename, and so nobody sees a part of a file.
    Path partial = folder.resolve(PARTIAL + UUID.randomUUID());
    try {
      Uninterrupted.call(() -> Files.write(partial, content));
      if (syncToDisk) {
        Durable.force(partial);
      }
      Files.createLink(target, partial);
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(partial);
    }
    if (syncToDisk) {
      Durable.force(folder);
      forceParents();
    }
    return true;
  }

  /** The folder may be new, and the one for all logs of the database, too. */
  private void forceParents() throws IOException {
    if (!parentsForced) {
      Path parent = folder.toAbsolutePath().getParent();
      for (int level = 0; level < 2 && parent != null; level++) {
        Durable.force(parent);
        parent = parent.getParent();
      }
      parentsForced = true;
    }
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Uninterrupted.call(() -> Files.readAllBytes(folder.resolve(name))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  @Override
  public void deleteAll() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    }
  }

  @Override
  public Optional<FileLocks.Held> tryOwn() {
    return FileLocks.tryAcquire(folder.resolve(LOCK));
  }

  @Override
  public String domain() {
    return HostName.DOMAIN;
  }
}
