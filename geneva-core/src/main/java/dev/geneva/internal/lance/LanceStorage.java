package dev.geneva.internal.lance;

import dev.geneva.AlreadyExistsException;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.StorageException;
import dev.geneva.internal.arrow.LoadingReader;
import dev.geneva.internal.store.FileStore;
import dev.geneva.internal.store.LocalFileStore;
import dev.geneva.internal.text.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
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
import org.lance.operation.Append;
import org.lance.operation.Overwrite;

/**
 * The datasets of one database, each in the folder {@code <name>.lance}. Thread-safe.
 *
 * <p>Creating and dropping aren't atomic in Lance: two who create at once may both succeed, the
 * second over the first. So the caller holds the database's lock for both.
 */
public final class LanceStorage {

  private static final String SUFFIX = ".lance";
  private static final long READ_ONCE_CACHE_BYTES = 128 << 10;

  private final FileStore files;
  private final Map<String, String> storageOptions;
  private final BufferAllocator allocator;
  private final LanceWrites writes;

  /**
   * Opens nothing.
   *
   * @param files of the database, which needn't exist yet; remain the caller's
   * @param storageOptions as Lance takes them
   * @param allocator for handles and streams; remains the caller's
   * @param writes makes the calls by which Lance writes views
   */
  public LanceStorage(
      FileStore files,
      Map<String, String> storageOptions,
      BufferAllocator allocator,
      LanceWrites writes) {
    this.files = files;
    this.storageOptions = Map.copyOf(storageOptions);
    this.allocator = allocator;
    this.writes = writes;
  }

  /** The datasets of a local folder, which needn't exist yet. */
  public LanceStorage(Path root, Map<String, String> storageOptions, BufferAllocator allocator) {
    this(new LocalFileStore(root, true), storageOptions, allocator, LanceWrites.DIRECT);
  }

  /** The folder of a dataset in the database. */
  static String folder(String name) {
    return name + SUFFIX;
  }

  private static String versions(String name) {
    return folder(name) + "/_versions";
  }

  /** Where a dataset is. */
  public String uri(String name) {
    return files.uri(folder(name));
  }

  /** The names of all datasets, in order. */
  public List<String> names() {
    try {
      List<String> names = new ArrayList<>();
      for (String folder : files.folders("")) {
        if (folder.endsWith(SUFFIX) && files.hasFolder(folder + "/_versions")) {
          names.add(folder.substring(0, folder.length() - SUFFIX.length()));
        }
      }
      return names.stream().sorted().toList();
    } catch (IOException e) {
      throw new StorageException("Can't list the tables of " + files.root() + ": " + e, e);
    }
  }

  /** Whether there is a dataset of that name. */
  public boolean exists(String name) {
    try {
      return files.hasFolder(versions(name));
    } catch (IOException e) {
      throw DatasetProbe.unreadable(uri(name), e);
    }
  }

  /**
   * Opens a dataset.
   *
   * @param version empty for the latest
   * @return a dataset that the caller closes
   * @throws NotFoundException if it isn't there
   */
  public LanceDataset open(String name, OptionalLong version) {
    return open(name, version, OptionalLong.empty());
  }

  /**
   * Opens a version of a dataset to read all of it once. What Lance reads of files beside their
   * rows, a quarter of a byte for each row, it keeps otherwise, for whoever comes next: memory that
   * grows with the rows.
   *
   * @return a dataset that the caller closes
   * @throws NotFoundException if it isn't there
   */
  public LanceDataset openToReadOnce(String name, long version) {
    return open(name, OptionalLong.of(version), OptionalLong.of(READ_ONCE_CACHE_BYTES));
  }

  private LanceDataset open(String name, OptionalLong version, OptionalLong cacheBytes) {
    DatasetProbe.Before before = DatasetProbe.before(files, folder(name));
    if (!before.exists()) {
      throw missing(name);
    }
    return LanceDataset.open(name, files, before, version, cacheBytes, storageOptions, allocator);
  }

  private NotFoundException missing(String name) {
    Optional<Path> folder = files.local("");
    return folder.isPresent() && !Files.isDirectory(folder.get())
        ? new NotFoundException("No database at " + files.root() + ".")
        : new NotFoundException(
            "No '" + name + "' in " + files.root() + Suggestion.among(names(), name));
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
    try {
      if (files.hasFolder(folder(name)) && !exists(name)) {
        files.deleteAll(folder(name));
      }
    } catch (IOException | StorageException e) {
      because.addSuppressed(e);
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
      throw new AlreadyExistsException(
          "There is already a '" + name + "' in " + files.root() + ".");
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

  /**
   * Writes rows that are all there to one data file, like {@link #stage(String, ArrowReader)}; for
   * few of them that takes a fraction of the time, as native code doesn't call back for batches.
   *
   * @param rows at least one; remain the caller's to close
   */
  public List<StagedFile> stage(String name, VectorSchemaRoot rows) {
    try {
      return create(name, LanceTypes.fileFormat(rows.getSchema()), write -> write.data(rows));
    } catch (Exception e) { // native code throws undeclared exceptions
      throw LanceErrors.translate("writing a data file of '" + name + "'", e);
    }
  }

  private List<StagedFile> stage(String name, ArrowReader rows, Optional<String> ownFormat) {
    List<StagedFile> staged = new ArrayList<>();
    try {
      Schema schema = rows.getVectorSchemaRoot().getSchema();
      Optional<String> format = ownFormat.or(() -> LanceTypes.fileFormat(schema));
      FileRows file;
      do {
        file = new FileRows(rows, allocator);
        staged.addAll(stageFile(name, file, format));
      } while (!file.ended());
    } catch (Exception e) { // native code throws undeclared exceptions
      deleteUncommitted(name, staged, e);
      throw LanceErrors.translate("writing data files of '" + name + "'", e);
    }
    return staged;
  }

  /**
   * Writes the rows of staged files anew, to as few files as can be.
   *
   * @param schema of the files
   * @return the new files; the old ones stay
   */
  public List<StagedFile> merge(String name, Schema schema, List<StagedFile> staged) {
    try (StagedReader rows = files(name).read(staged);
        LoadingReader reader =
            new LoadingReader(schema, new MapDictionaryProvider(), rows::next, allocator)) {
      return stage(name, reader);
    } catch (IOException e) {
      throw LanceErrors.translate("merging files of '" + name + "'", e);
    }
  }

  private List<StagedFile> stageFile(String name, FileRows rows, Optional<String> format)
      throws Exception {
    try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, rows, stream);
      return create(name, format, write -> write.data(stream));
    }
  }

  private List<StagedFile> create(
      String name, Optional<String> format, Consumer<WriteFragmentBuilder> data) throws Exception {
    WriteFragmentBuilder write =
        Fragment.write()
            .datasetUri(uri(name))
            .allocator(allocator)
            .maxRowsPerFile(Integer.MAX_VALUE)
            .storageOptions(storageOptions);
    format.ifPresent(write::dataStorageVersion);
    data.accept(write);
    return writes.make(LanceWrites.Kind.DATA_FILE, write::execute).stream()
        .map(StagedFile::of)
        .toList();
  }

  /** Takes away the files of a stream that failed later; Lance does so with the one that failed. */
  private void deleteUncommitted(String name, List<StagedFile> staged, Exception because) {
    for (StagedFile file : staged) {
      try {
        files(name).delete(file.path());
      } catch (StorageException e) {
        because.addSuppressed(e);
      }
    }
  }

  /** The files of a dataset. */
  public DatasetFiles files(String name) {
    return new DatasetFiles(name, files, storageOptions, allocator, writes);
  }

  /**
   * Appends rows as a new version, in the dataset's own file format.
   *
   * @param rows read to its end on this thread; remains the caller's to close
   * @return the new version, or the present one if there are no rows
   */
  public long append(LanceDataset dataset, ArrowReader rows) {
    List<StagedFile> staged = stage(dataset.name(), rows, Optional.of(dataset.fileFormat()));
    if (staged.isEmpty()) {
      return dataset.version();
    }
    try (Transaction transaction =
            new Transaction.Builder()
                .readVersion(dataset.version())
                .operation(Append.builder().fragments(fragments(staged)).build())
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
      LanceDataset dataset, List<StagedFile> staged, Schema schema, Map<String, String> config) {
    Overwrite overwrite =
        Overwrite.builder()
            .fragments(fragments(staged))
            .schema(schema)
            .configUpsertValues(config)
            .build();
    try (Transaction transaction =
        new Transaction.Builder().readVersion(dataset.version()).operation(overwrite).build()) {
      CommitBuilder commit = new CommitBuilder(dataset.dataset()).skipAutoCleanup(true);
      Dataset committed = writes.make(LanceWrites.Kind.COMMIT, () -> commit.execute(transaction));
      return LanceDataset.of(dataset.name(), files, committed);
    } catch (Exception e) {
      throw LanceErrors.translate("committing to '" + dataset.name() + "'", e);
    }
  }

  private static List<FragmentMetadata> fragments(List<StagedFile> staged) {
    List<FragmentMetadata> fragments = new ArrayList<>(staged.size());
    for (StagedFile file : staged) {
      fragments.add(file.toFragment());
    }
    return fragments;
  }
}
