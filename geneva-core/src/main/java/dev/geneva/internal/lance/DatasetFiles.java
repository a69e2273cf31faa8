package dev.geneva.internal.lance;

import dev.geneva.StorageException;
import dev.geneva.internal.store.FileStore;
import dev.geneva.internal.store.StoredFile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.lance.Dataset;
import org.lance.ReadOptions;
import org.lance.cleanup.CleanupPolicy;
import org.lance.cleanup.RemovalStats;
import org.lance.file.LanceFileReader;

/**
 * The data files and versions of a dataset as they lie in the storage, whether or not a version
 * names them. Paths are relative to the dataset's {@code data} folder. Thread-safe.
 */
public final class DatasetFiles {

  private final String name;
  private final FileStore files;
  private final Map<String, String> storageOptions;
  private final BufferAllocator allocator;
  private final LanceWrites writes;

  DatasetFiles(
      String name,
      FileStore files,
      Map<String, String> storageOptions,
      BufferAllocator allocator,
      LanceWrites writes) {
    this.name = name;
    this.files = files;
    this.storageOptions = storageOptions;
    this.allocator = allocator;
    this.writes = writes;
  }

  /** Does something with files, and says what if it fails. */
  @FunctionalInterface
  private interface Operation<T> {
    T run() throws IOException;
  }

  private <T> T call(String doing, Operation<T> operation) {
    try {
      return operation.run();
    } catch (IOException e) {
      throw LanceErrors.translate(doing + " of '" + name + "'", e);
    }
  }

  /** The size of a data file in bytes; empty if there is none. */
  public OptionalLong size(String path) {
    return call("looking at data file " + path, () -> files.size(dataFile(path)));
  }

  /**
   * Whether a staged file is there, of its size and with its rows.
   *
   * @throws StorageException if that can't be found out
   */
  public boolean isWhole(StagedFile file) {
    OptionalLong size = size(file.path());
    // An empty file would end the process when it is opened.
    if (size.isEmpty() || size.getAsLong() != file.sizeBytes() || size.getAsLong() == 0) {
      return false;
    }
    try (LanceFileReader reader = open(file.path())) {
      return reader.numRows() == file.rows();
    } catch (IllegalArgumentException e) {
      return false; // that is what Lance throws when the content isn't its own
    } catch (Exception e) {
      // Lance's errors don't tell a file that is damaged from a storage that is away. This does.
      call("looking at data file " + file.path(), () -> files.read(dataFile(file.path()), 0, 1));
      return false;
    }
  }

  private LanceFileReader open(String path) throws IOException {
    return LanceFileReader.open(files.uri(dataFile(path)), storageOptions, allocator);
  }

  /** All data files, in order of their names. */
  public List<StoredFile> list() {
    return call("listing the data files", () -> files.files(data()));
  }

  /** Deletes a data file, if it is there. */
  public void delete(String path) {
    call(
        "deleting data file " + path,
        () -> {
          files.delete(dataFile(path));
          return path;
        });
  }

  /**
   * Forces data files and their names to disk, which Lance never does; an object store has done so
   * already.
   */
  public void force(List<StagedFile> staged) {
    if (staged.isEmpty()) {
      return;
    }
    call(
        "forcing data files to disk",
        () -> {
          files.force(staged.stream().map(file -> dataFile(file.path())).toList());
          files.force(List.of(data()));
          return staged;
        });
  }

  /**
   * The rows of staged files, one file after the other.
   *
   * @return a reader that the caller closes, on the thread that reads
   */
  StagedReader read(List<StagedFile> staged) {
    return new StagedReader(staged, this::open, name);
  }

  /** The numbers of all versions, in order. */
  public List<Long> versions() {
    return call("listing the versions", () -> files.names(LanceStorage.folder(name) + "/_versions"))
        .stream()
        .flatMap(file -> ManifestProbe.version(file).stream())
        .sorted()
        .toList();
  }

  /** When a version was committed, by the clock of whoever did it. */
  public Instant committedAt(long version) {
    ReadOptions options =
        new ReadOptions.Builder().setStorageOptions(storageOptions).setVersion(version).build();
    try (Dataset dataset =
        Dataset.open()
            .allocator(allocator)
            .uri(files.uri(LanceStorage.folder(name)))
            .readOptions(options)
            .build()) {
      return dataset.getVersion().getDataTime().toInstant();
    } catch (Exception e) {
      throw LanceErrors.translate("opening version " + version + " of '" + name + "'", e);
    }
  }

  /**
   * Removes old versions, but for those with a tag, and the files that only they name.
   *
   * @param version the oldest that stays
   * @return how many versions were removed
   */
  public long removeVersionsBefore(long version) {
    CleanupPolicy policy =
        CleanupPolicy.builder()
            .withBeforeVersion(version)
            .withErrorIfTaggedOldVersions(false)
            .withDeleteUnverified(false)
            .build();
    ReadOptions options = new ReadOptions.Builder().setStorageOptions(storageOptions).build();
    try (Dataset dataset =
        Dataset.open()
            .allocator(allocator)
            .uri(files.uri(LanceStorage.folder(name)))
            .readOptions(options)
            .build()) {
      RemovalStats removed =
          writes.make(LanceWrites.Kind.VERSION_REMOVAL, () -> dataset.cleanupWithPolicy(policy));
      return removed.getOldVersions();
    } catch (Exception e) {
      throw LanceErrors.translate("removing old versions of '" + name + "'", e);
    }
  }

  private String data() {
    return LanceStorage.folder(name) + "/data";
  }

  private String dataFile(String path) {
    return data() + "/" + path;
  }
}
