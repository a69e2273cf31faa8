package dev.geneva.internal.store;

import dev.geneva.internal.files.Durable;
import dev.geneva.internal.files.Uninterrupted;
import dev.geneva.internal.lock.FileLocks;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A folder of the local file system, which is created with the first file in it. */
public final class LocalFileStore implements FileStore {

  private static final String PARTIAL = ".partial-";

  private final Path root;
  private final boolean syncToDisk;

  /** Folders whose own names are known to be on disk. */
  private final Set<Path> forced = ConcurrentHashMap.newKeySet();

  /**
   * Opens nothing yet.
   *
   * @param syncToDisk whether each file that is put is forced to disk
   */
  public LocalFileStore(Path root, boolean syncToDisk) {
    this.root = root;
    this.syncToDisk = syncToDisk;
  }

  @Override
  public String root() {
    return root.toString();
  }

  @Override
  public String uri(String path) {
    return path(path).toString();
  }

  @Override
  public String relative(String location) {
    // What lies elsewhere, such as the table that another was cloned from, has an absolute path.
    return location.startsWith("file:") ? Path.of(URI.create(location)).toString() : location;
  }

  @Override
  public Optional<Path> local(String path) {
    return Optional.of(path(path));
  }

  private Path path(String path) {
    return root.resolve(path);
  }

  @Override
  public void check() throws IOException {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new NotDirectoryException(root.toString());
    }
  }

  @Override
  public boolean putIfAbsent(String path, byte[] content) throws IOException {
    Path target = path(path);
    if (Files.exists(target)) {
      return false;
    }
    Path folder = path(path.substring(0, Math.max(0, path.lastIndexOf('/')))).toAbsolutePath();
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
      forceParents(folder);
    }
    return true;
  }

  /** The folder may be new, and so may those above, up to the database. */
  private void forceParents(Path folder) throws IOException {
    Path database = root.toAbsolutePath();
    if (forced.contains(folder)) {
      return;
    }
    for (Path parent = folder.getParent();
        parent != null && parent.startsWith(database);
        parent = parent.getParent()) {
      Durable.force(parent);
    }
    forced.add(folder);
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    try {
      return Optional.of(Uninterrupted.call(() -> Files.readAllBytes(path(path))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public byte[] read(String path, long offset, int length) throws IOException {
    return Uninterrupted.call(
        () -> {
          try (FileChannel channel = FileChannel.open(path(path), StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining()) {
              if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException(path(path) + " ends before " + (offset + length));
              }
            }
            return bytes.array();
          }
        });
  }

  @Override
  public OptionalLong size(String path) throws IOException {
    try {
      return OptionalLong.of(Files.size(path(path)));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public List<String> names(String folder) throws IOException {
    return hasNoFolders(path(folder))
        ? names(folder, entry -> true)
        : names(folder, entry -> !Files.isDirectory(entry));
  }

  /**
   * Whether a folder's count of links shows that there are only files in it: two are its own, and
   * each folder in it has one more, where the file system counts them. Where it says two of all,
   * folders are among the names; nothing lists a folder that has any for its files. A log has
   * thousands, and to look at each takes ten times as long as to list them.
   */
  private static boolean hasNoFolders(Path folder) throws IOException {
    try {
      return Files.getAttribute(folder, "unix:nlink").equals(2);
    } catch (NoSuchFileException | UnsupportedOperationException e) {
      return false;
    }
  }

  @Override
  public List<StoredFile> files(String folder) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    for (String name : names(folder, entry -> !Files.isDirectory(entry))) {
      try {
        BasicFileAttributes attributes =
            Files.readAttributes(path(folder).resolve(name), BasicFileAttributes.class);
        files.add(
            new StoredFile(
                name,
                attributes.size(),
                attributes.fileKey() + " " + attributes.lastModifiedTime()));
      } catch (NoSuchFileException e) {
        // Deleted since it was listed.
      }
    }
    return files;
  }

  @Override
  public List<String> folders(String folder) throws IOException {
    return names(folder, Files::isDirectory);
  }

  private List<String> names(String folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> entries = Files.list(path(folder))) {
      return entries
          .filter(wanted)
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  @Override
  public boolean hasFolder(String folder) {
    return Files.isDirectory(path(folder));
  }

  @Override
  public void delete(String path) throws IOException {
    Files.deleteIfExists(path(path));
  }

  @Override
  public void deletePartial(String folder) throws IOException {
    try (DirectoryStream<Path> partial = Files.newDirectoryStream(path(folder), PARTIAL + "*")) {
      for (Path entry : partial) {
        Files.deleteIfExists(entry);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException e) {
      // Then there is nothing in it.
    }
  }

  @Override
  public void deleteAll(String folder) throws IOException {
    if (!Files.exists(path(folder))) {
      return;
    }
    try (Stream<Path> entries = Files.walk(path(folder))) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    }
    forced.remove(path(folder).toAbsolutePath());
  }

  @Override
  public void force(Collection<String> paths) throws IOException {
    for (String path : paths) {
      Durable.force(path(path));
    }
  }

  @Override
  public Optional<FileLocks.Held> tryOwn(String path) {
    return FileLocks.tryAcquire(path(path));
  }

  @Override
  public boolean isOwned(String path) {
    return FileLocks.isHeld(path(path));
  }

  @Override
  public boolean ownsAmongProcesses() {
    return true;
  }

  @Override
  public FileLocks.Held lock(String path) {
    return FileLocks.acquire(path(path));
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return root();
  }
}
