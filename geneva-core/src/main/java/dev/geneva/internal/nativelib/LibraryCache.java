package dev.geneva.internal.nativelib;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of one user's that has unpacked native libraries, which all processes of that user load.
 *
 * <p>A library gets its name when it is whole: it is unpacked beside, its checksum compared with
 * the jar's, forced to disk, and moved. So processes that start at the same time don't need a lock,
 * and one that dies leaves only a file that nobody loads. Whoever could write into the folder could
 * have others run his code; so it must be the user's own, and nobody else may write.
 */
final class LibraryCache {

  /** Names the folder, or {@code off}; the environment variable does the same for whole hosts. */
  static final String PROPERTY = "geneva.nativeCache";

  static final String VARIABLE = "GENEVA_NATIVE_CACHE";

  private static final Logger LOG = LoggerFactory.getLogger(LibraryCache.class);
  private static final String UNFINISHED = ".unfinished";
  private static final Duration LONGEST_UNPACKING = Duration.ofHours(1);
  private static final int CHUNK = 1 << 20;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;

  /**
   * Uses a folder.
   *
   * @param folder need not exist
   */
  LibraryCache(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** The present user's; empty if it was turned off or there is no home. */
  static Optional<LibraryCache> ofThisUser() {
    String asked = System.getProperty(PROPERTY, System.getenv().getOrDefault(VARIABLE, ""));
    if (asked.equals("off")) {
      return Optional.empty();
    }
    return asked.isEmpty()
        ? usual().map(LibraryCache::new)
        : Optional.of(new LibraryCache(Path.of(asked)));
  }

  /** Where the system's users have such folders. */
  private static Optional<Path> usual() {
    Path home = Path.of(System.getProperty("user.home", ""));
    if (!home.isAbsolute()) {
      return Optional.empty();
    }
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")) {
      return Optional.of(home.resolve("Library/Caches/geneva"));
    }
    String base = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    return Optional.of(
        (base.startsWith("/") ? Path.of(base) : home.resolve(".cache")).resolve("geneva"));
  }

  /** Opens a library's content. */
  @FunctionalInterface
  interface Content {
    InputStream open() throws IOException;
  }

  /**
   * The library's file, which is unpacked if it isn't there.
   *
   * @throws IOException if the folder can't be used, or the content isn't what was described
   */
  Path keep(Packed library, Content content) throws IOException {
    Files.createDirectories(folder.getParent());
    if (!Files.isDirectory(folder)) {
      create(folder);
    }
    UserPrincipal user = user();
    requireOwn(folder, user);
    Path file = folder.resolve(library.keptName());
    if (isWhole(file, library, user)) {
      return file;
    }
    removeUnfinished();
    Path unfinished = Files.createTempFile(folder, library.fileName(), UNFINISHED);
    try {
      unpack(library, content, unfinished);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    return file;
  }

  private static void create(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; what it made is looked at like anything that is there.
    }
  }

  /** Who this process is: the owner of itself where that is a file, or of what it creates. */
  private static UserPrincipal user() throws IOException {
    Path itself = Path.of("/proc/self");
    if (Files.exists(itself)) {
      return Files.getOwner(itself);
    }
    Path probe = Files.createTempFile("geneva", "");
    try {
      return Files.getOwner(probe);
    } finally {
      Files.delete(probe);
    }
  }

  private static void requireOwn(Path path, UserPrincipal user) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
    if (!attributes.owner().equals(user)) {
      throw new IOException(path + " belongs to " + attributes.owner() + ", not to " + user);
    }
    Set<PosixFilePermission> permissions = attributes.permissions();
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(
          path + " can be written by others: " + PosixFilePermissions.toString(permissions));
    }
  }

  private static boolean isWhole(Path file, Packed library, UserPrincipal user) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    requireOwn(file, user);
    return Files.size(file) == library.size();
  }

  private static void unpack(Packed library, Content content, Path file) throws IOException {
    CRC32 crc = new CRC32();
    long size = 0;
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = content.open();
        FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        crc.update(chunk, 0, read);
        size += read;
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, read);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      out.force(true); // or a name with nothing behind it could survive the machine's end
    }
    if (size != library.size() || crc.getValue() != library.crc()) {
      throw new IOException(
          "the jar is damaged: %s has %d bytes with checksum %08x instead of %d with %08x"
              .formatted(library.fileName(), size, crc.getValue(), library.size(), library.crc()));
    }
  }

  /** Left by processes that were killed. */
  private void removeUnfinished() throws IOException {
    Instant before = Instant.now().minus(LONGEST_UNPACKING);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(UNFINISHED)).toList()) {
        try {
          if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
            Files.deleteIfExists(file);
          }
        } catch (NoSuchFileException e) {
          LOG.debug("{} was removed by another process", file);
        }
      }
    }
  }
}
