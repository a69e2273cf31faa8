package dev.geneva.internal.lance;

import dev.geneva.AlreadyExistsException;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.StorageException;
import dev.geneva.internal.files.Durable;
import dev.geneva.internal.text.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.CommitBuilder;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.Transaction;
import org.lance.WriteDatasetBuilder;
import org.lance.WriteFragmentBuilder;
import org.lance.WriteParams.WriteMode;
import org.lance.file.LanceFileReader;
import org.lance.operation.Append;
import org.lance.operation.Overwrite;

/**
 * The datasets of one local database folder, each {@code <name>.lance}. Thread-safe.
 *
 * <p>Creating and dropping aren't atomic in Lance: two who create at once may both succeed, the
 * second over the first. So the caller holds the database's lock for both.
 */
public final class LanceStorage {

  private static final String SUFFIX = ".lance";

  private final Path root;
  private final Map<String, String> storageOptions;
  private final BufferAllocator allocator;

  /**
   * Opens nothing.
   *
   * @param root the database's folder, which needn't exist yet
   * @param allocator for handles and streams; remains the caller's
   */
  public LanceStorage(Path root, Map<String, String> storageOptions, BufferAllocator allocator) {
    this.root = root;
    this.storageOptions = Map.copyOf(storageOptions);
    this.allocator = allocator;
  }

  /** The database's folder. */
  public Path root() {
    return root;
  }

  /** Where a dataset is. */
  public String uri(String name) {
    return root.resolve(name + SUFFIX).toString();
  }

  /** The names of all datasets, in order. */
  public List<String> names() {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .filter(entry -> Files.isDirectory(entry.resolve("_versions")))
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StorageException("Can't list the tables of " + root + ": " + e, e);
    }
  }

  /** Whether there is a dataset of that name. */
  public boolean exists(String name) {
    return Files.isDirectory(Path.of(uri(name), "_versions"));
  }

  /**
   * Opens a dataset.
   *
   * @param version empty for the latest
   * @return a dataset that the caller closes
   * @throws NotFoundException if it isn't there
   */
  public LanceDataset open(String name, OptionalLong version) {
    if (!Files.isDirectory(root)) {
      throw new NotFoundException("No database at " + root + ".");
    }
    if (!exists(name)) {
      throw new NotFoundException("No '" + name + "' in " + root + Suggestion.among(names(), name));
    }
    return LanceDataset.open(name, uri(name), version, storageOptions, allocator);
  }

  /**
   * Creates a dataset. The caller holds the database's lock.
   *
   * @param rows read to its end; remains the caller's to close
   * @throws AlreadyExistsException if the name is taken
   */
  public void create(String name, ArrowReader rows) {
    requireFree(name);
    try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Schema schema = rows.getVectorSchemaRoot().getSchema();
      requireReadable(name, schema);
      LanceTypes.requireStorable(name, schema);
      Data.exportArrayStream(allocator, rows, stream);
      create(name, schema, Dataset.write().allocator(allocator).stream(stream));
    } catch (Exception e) {
      dropUncommitted(name, e);
      throw LanceErrors.translate("creating '" + name + "'", e);
    }
  }

  /** Takes away what a failed creation left. */
  private void dropUncommitted(String name, Exception because) {
    if (Files.exists(Path.of(uri(name))) && !exists(name)) {
      try {
        Dataset.drop(uri(name), storageOptions);
      } catch (Exception e) { // native code throws undeclared exceptions
        because.addSuppressed(e);
      }
    }
  }

  /**
   * Creates a dataset without rows. The caller holds the database's lock.
   *
   * @throws AlreadyExistsException if the name is taken
   */
  public void create(String name, Schema schema) {
    requireFree(name);
    requireReadable(name, schema);
    LanceTypes.requireStorable(name, schema);
    try {
      create(name, schema, Dataset.write().allocator(allocator).schema(schema));
    } catch (Exception e) {
      throw LanceErrors.translate("creating '" + name + "'", e);
    }
  }

  private void create(String name, Schema schema, WriteDatasetBuilder write) {
    LanceTypes.fileFormat(schema).ifPresent(write::dataStorageVersion);
    write.uri(uri(name)).mode(WriteMode.CREATE).storageOptions(storageOptions).execute().close();
  }

  /** Lance refuses a point, and writes names by which it then finds no column or another one. */
  private static void requireReadable(String table, Schema schema) {
    for (Field field : schema.getFields()) {
      String column = field.getName();
      if (column.isEmpty() || column.equals("*") || column.contains("`") || column.contains(".")) {
        throw new InvalidDefinitionException(
            "'"
                + column
                + "' can't be the name of a column of '"
                + table
                + "': it must not be empty or '*', nor contain a backtick or a point.");
      }
    }
  }

  private void requireFree(String name) {
    if (exists(name)) {
      throw new AlreadyExistsException("There is already a '" + name + "' in " + root + ".");
    }
  }

  /** Drops a dataset with all its versions. The caller holds the database's lock. */
  public void drop(String name) {
    try {
      Dataset.drop(uri(name), storageOptions);
    } catch (Exception e) {
      throw LanceErrors.translate("dropping '" + name + "'", e);
    }
  }

  /**
   * Writes rows to data files of a dataset that no reader sees until a commit names them.
   *
   * @param rows read to its end on this thread; remains the caller's to close
   * @return the files, in the order of the rows; none if there are no rows
   */
  public List<StagedFile> stage(String name, ArrowReader rows) {
    return stage(name, rows, Optional.empty());
  }

  private List<StagedFile> stage(String name, ArrowReader rows, Optional<String> ownFormat) {
    List<StagedFile> files = new ArrayList<>();
    try {
      Schema schema = rows.getVectorSchemaRoot().getSchema();
      Optional<String> format = ownFormat.or(() -> LanceTypes.fileFormat(schema));
      FileRows file;
      do {
        file = new FileRows(rows, allocator);
        files.addAll(stageFile(name, file, format));
      } while (!file.ended());
    } catch (Exception e) { // native code throws undeclared exceptions
      deleteUncommitted(name, files, e);
      throw LanceErrors.translate("writing data files of '" + name + "'", e);
    }
    return files;
  }

  private List<StagedFile> stageFile(String name, FileRows rows, Optional<String> format) {
    try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, rows, stream);
      WriteFragmentBuilder write =
          Fragment.write()
              .datasetUri(uri(name))
              .allocator(allocator)
              .data(stream)
              .maxRowsPerFile(Integer.MAX_VALUE)
              .storageOptions(storageOptions);
      format.ifPresent(write::dataStorageVersion);
      return write.execute().stream().map(StagedFile::of).toList();
    }
  }

  /** Takes away the files of a stream that failed later; Lance does so with the one that failed. */
  private void deleteUncommitted(String name, List<StagedFile> files, Exception because) {
    for (StagedFile file : files) {
      try {
        deleteDataFile(name, file.path());
      } catch (StorageException e) {
        because.addSuppressed(e);
      }
    }
  }

  /**
   * The size of a data file in bytes; empty if there is none.
   *
   * @param path relative to the dataset's {@code data} folder
   */
  public OptionalLong dataFileSize(String name, String path) {
    try {
      return OptionalLong.of(Files.size(dataFile(name, path)));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw LanceErrors.translate("looking at data file " + path + " of '" + name + "'", e);
    }
  }

  /**
   * Whether a staged file is there, of its size and with its rows.
   *
   * @throws StorageException if that can't be found out
   */
  public boolean isWhole(String name, StagedFile file) {
    // An empty file would end the process when it is opened.
    OptionalLong size = dataFileSize(name, file.path());
    if (size.isEmpty() || size.getAsLong() != file.sizeBytes() || size.getAsLong() == 0) {
      return false;
    }
    try (LanceFileReader reader =
        LanceFileReader.open(dataFile(name, file.path()).toString(), storageOptions, allocator)) {
      return reader.numRows() == file.rows();
    } catch (IllegalArgumentException e) {
      return false; // that is what Lance throws when the content isn't its own
    } catch (Exception e) {
      throw LanceErrors.translate("looking at data file " + file.path() + " of '" + name + "'", e);
    }
  }

  /** All data files of a dataset, whether or not a version names them, in any order. */
  public List<String> dataFilePaths(String name) {
    Path folder = dataFile(name, "");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw LanceErrors.translate("listing the data files of '" + name + "'", e);
    }
  }

  /** Deletes a data file, if it is there. */
  public void deleteDataFile(String name, String path) {
    try {
      Files.deleteIfExists(dataFile(name, path));
    } catch (IOException e) {
      throw LanceErrors.translate("deleting data file " + path + " of '" + name + "'", e);
    }
  }

  /** Forces data files and their names to disk, which Lance never does. */
  public void forceDataFiles(String name, List<StagedFile> files) {
    if (files.isEmpty()) {
      return;
    }
    try {
      for (StagedFile file : files) {
        Durable.force(dataFile(name, file.path()));
      }
      Durable.force(dataFile(name, ""));
    } catch (IOException e) {
      throw LanceErrors.translate("forcing data files of '" + name + "' to disk", e);
    }
  }

  private Path dataFile(String name, String path) {
    return Path.of(uri(name), "data", path);
  }

  /**
   * Appends rows as a new version, in the dataset's own file format.
   *
   * @param rows read to its end on this thread; remains the caller's to close
   * @return the new version, or the present one if there are no rows
   */
  public long append(LanceDataset dataset, ArrowReader rows) {
    List<StagedFile> files = stage(dataset.name(), rows, Optional.of(dataset.fileFormat()));
    if (files.isEmpty()) {
      return dataset.version();
    }
    try (Transaction transaction =
            new Transaction.Builder()
                .readVersion(dataset.version())
                .operation(Append.builder().fragments(fragments(files)).build())
                .build();
        Dataset committed = new CommitBuilder(dataset.dataset()).execute(transaction)) {
      return committed.version();
    } catch (Exception e) {
      throw LanceErrors.translate("appending to '" + dataset.name() + "'", e);
    }
  }

  /** Deletes rows in a new version, and returns its number. */
  public long delete(String name, String predicate) {
    // Deleting moves the handle to the new version, so it needs one of its own.
    try (LanceDataset own = open(name, OptionalLong.empty())) {
      return own.delete(predicate);
    }
  }

  /**
   * Replaces a dataset's rows by staged files, as a new version.
   *
   * @param dataset the version that is replaced
   * @param schema the columns, with the schema's metadata
   * @param config keys to set; two commits that set the same key from the same version conflict
   * @return the new version, open; the caller closes it
   * @throws dev.geneva.CommitConflictException if another commit came first
   * @throws StorageException if the outcome isn't known
   */
  public LanceDataset overwrite(
      LanceDataset dataset, List<StagedFile> files, Schema schema, Map<String, String> config) {
    Overwrite overwrite =
        Overwrite.builder()
            .fragments(fragments(files))
            .schema(schema)
            .configUpsertValues(config)
            .build();
    try (Transaction transaction =
        new Transaction.Builder().readVersion(dataset.version()).operation(overwrite).build()) {
      Dataset committed =
          new CommitBuilder(dataset.dataset()).skipAutoCleanup(true).execute(transaction);
      return LanceDataset.of(dataset.name(), dataset.uri(), committed);
    } catch (Exception e) {
      throw LanceErrors.translate("committing to '" + dataset.name() + "'", e);
    }
  }

  private static List<FragmentMetadata> fragments(List<StagedFile> files) {
    List<FragmentMetadata> fragments = new ArrayList<>(files.size());
    for (StagedFile file : files) {
      fragments.add(file.toFragment());
    }
    return fragments;
  }
}
