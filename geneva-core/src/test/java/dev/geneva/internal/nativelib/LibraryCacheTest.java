package dev.geneva.internal.nativelib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryCacheTest {

  private static final byte[] CONTENT = "machine code".getBytes(StandardCharsets.UTF_8);
  private static final Packed LIBRARY = packed(CONTENT);

  @TempDir Path home;

  private final AtomicInteger unpacked = new AtomicInteger();
  private Path folder;
  private LibraryCache cache;

  @BeforeEach
  void open() {
    folder = home.resolve("cache/geneva");
    cache = new LibraryCache(folder);
  }

  private static Packed packed(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return new Packed("libx.so", content.length, crc.getValue());
  }

  private LibraryCache.Content content(byte[] bytes) {
    return () -> {
      unpacked.incrementAndGet();
      return new ByteArrayInputStream(bytes);
    };
  }

  private Path keep() throws IOException {
    return cache.keep(LIBRARY, content(CONTENT));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void aLibraryIsUnpackedOnce() throws IOException {
    Path file = keep();

    assertThat(file).hasBinaryContent(CONTENT).hasParent(folder);
    assertThat(keep()).isEqualTo(file);
    assertThat(unpacked).hasValue(1);
    assertThat(files()).containsExactly(file);
  }

  @Test
  void nobodyElseMayEnterTheFolder() throws IOException {
    keep();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void anotherVersionIsAnotherFile() throws IOException {
    byte[] other = "other machine code".getBytes(StandardCharsets.UTF_8);

    Path first = keep();
    Path second = cache.keep(packed(other), content(other));

    assertThat(first).hasBinaryContent(CONTENT);
    assertThat(second).hasBinaryContent(other);
  }

  @Test
  void aFileThatIsntWholeIsReplaced() throws IOException {
    Path file = keep();
    Files.writeString(file, "machine");

    assertThat(keep()).isEqualTo(file).hasBinaryContent(CONTENT);
  }

  @Test
  void aLinkIsReplaced() throws IOException {
    Path file = keep();
    Path elsewhere = Files.write(home.resolve("elsewhere"), CONTENT);
    Files.delete(file);
    Files.createSymbolicLink(file, elsewhere);

    keep();

    assertThat(Files.isSymbolicLink(file)).isFalse();
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void aDamagedJarIsAnErrorAndLeavesNothing() throws IOException {
    byte[] damaged = "machine c0de".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> cache.keep(LIBRARY, content(damaged)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the jar is damaged: libx.so has 12 bytes with checksum");
    assertThat(files()).isEmpty();
  }

  @Test
  void aFolderThatOthersCanWriteIsRefused() throws IOException {
    Path file = keep();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(this::keep)
        .isInstanceOf(IOException.class)
        .hasMessage(folder + " can be written by others: rwxrwxrwx");

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    assertThatThrownBy(this::keep)
        .isInstanceOf(IOException.class)
        .hasMessage(file + " can be written by others: rw-rw----");
  }

  @Test
  void whereNoFolderCanBeItIsAnError() throws IOException {
    Files.createFile(home.resolve("cache"));

    assertThatThrownBy(this::keep).isInstanceOf(IOException.class);
  }

  @Test
  void whatKilledProcessesLeftIsRemovedAfterAnHour() throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Path old = Files.createFile(folder.resolve("libx.so1.unfinished"));
    Path young = Files.createFile(folder.resolve("libx.so2.unfinished"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

    Path file = keep();

    assertThat(files()).containsExactlyInAnyOrder(young, file);
  }

  @Test
  void manyAtOnceGetTheSameWholeFile() throws Exception {
    byte[] large = new byte[4 << 20];
    large[large.length - 1] = 1;
    Packed library = packed(large);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      Callable<Path> one =
          () -> {
            Path file = new LibraryCache(folder).keep(library, content(large));
            assertThat(file).hasBinaryContent(large);
            return file;
          };
      for (Future<Path> each : pool.invokeAll(List.of(one, one, one, one, one, one, one, one))) {
        assertThat(each.get()).isEqualTo(folder.resolve(library.keptName()));
      }
    } finally {
      pool.shutdown();
    }
    assertThat(files()).containsExactly(folder.resolve(library.keptName()));
  }
}
