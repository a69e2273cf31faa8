package dev.geneva.internal.lance;

import dev.geneva.NotFoundException;
import dev.geneva.StorageException;
import dev.geneva.internal.digest.Digest;
import dev.geneva.internal.files.Durable;
import dev.geneva.internal.store.FileStore;
import dev.geneva.internal.store.Redaction;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.ReadOptions;
import org.lance.Tag;
import org.lance.Transaction;
import org.lance.fragment.DataFile;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;
import org.lance.operation.Overwrite;

/**
 * One version of a dataset, open. It never moves to another version, so that everybody who holds it
 * reads the same rows; {@link LatestDataset} opens a new one instead. Thread-safe.
 *
 * <p>Counted: it is closed when each holder has called {@link #close}. {@link #retain} adds a
 * holder.
 */
public final class LanceDataset implements AutoCloseable {

  private final String name;
  private final FileStore files;
  private final Dataset dataset;
  private final long version;
  private final Schema stored;
  private final BufferAllocator allocator;
  private volatile @Nullable DictionaryColumns dictionaries;
  private final Optional<DatasetProbe> probe;
  private final AtomicInteger holders = new AtomicInteger(1);

  private LanceDataset(
      String name, FileStore files, Dataset dataset, Optional<DatasetProbe> probe) {
    this.name = name;
    this.files = files;
    this.dataset = dataset;
    this.version = dataset.version();
    this.stored = dataset.getSchema();
    this.allocator = dataset.allocator();
    this.probe = probe;
  }

  /**
   * Opens a dataset.
   *
   * @param name in the database
   * @param before taken just now
   * @param version empty for the latest
   * @param cacheBytes how much Lance keeps of what it has read of files beside their rows; empty
   *     for its own limit, 1 GiB
   * @throws NotFoundException if the dataset or the version isn't there
   */
  static LanceDataset open(
      String name,
      FileStore files,
      DatasetProbe.Before before,
      OptionalLong version,
      OptionalLong cacheBytes,
      Map<String, String> storageOptions,
      BufferAllocator allocator) {
    ReadOptions.Builder options = new ReadOptions.Builder().setStorageOptions(storageOptions);
    version.ifPresent(options::setVersion);
    cacheBytes.ifPresent(options::setMetadataCacheSizeBytes);
    String uri = files.uri(LanceStorage.folder(name));
    Dataset dataset;
    try {
      dataset = Dataset.open().allocator(allocator).uri(uri).readOptions(options.build()).build();
    } catch (Exception e) {
      if (LanceErrors.isMissing(e)) {
        throw new NotFoundException(
            version.isPresent()
                ? "No version " + version.getAsLong() + " of '" + name + "'."
                : "No '" + name + "' at " + uri + ".",
            Redaction.cause(e));
      }
      throw LanceErrors.translate("opening '" + name + "'", e);
    }
    return of(name, files, dataset, before);
  }

  /** Takes over a dataset that was committed just now. */
  static LanceDataset of(String name, FileStore files, Dataset dataset) {
    try {
      return of(name, files, dataset, DatasetProbe.before(files, LanceStorage.folder(name)));
    } catch (StorageException e) {
      dataset.close();
      throw e;
    }
  }

  /**
   * Takes over an open dataset.
   *
   * @param before taken before it was opened
   */
  static LanceDataset of(
      String name, FileStore files, Dataset dataset, DatasetProbe.Before before) {
    try {
      return new LanceDataset(name, files, dataset, before.of(dataset.version()));
    } catch (RuntimeException e) {
      dataset.close();
      throw LanceErrors.translate("opening '" + name + "'", e);
    }
  }

  /** How error messages call it. */
  public String name() {
    return name;
  }

  /** Its folder in the database. */
  String folder() {
    return LanceStorage.folder(name);
  }

  /** The files of the database. */
  FileStore files() {
    return files;
  }

  /** The version that is open. */
  public long version() {
    return version;
  }

  /**
   * The columns as they are stored, with the schema's metadata: those with a dictionary are whole
   * numbers. Known already, other than {@link #schema}, for which rows may have to be looked at.
   */
  public Schema storedSchema() {
    return stored;
  }

  /** The columns as they are read, with the schema's metadata. */
  public Schema schema() {
    return dictionaries().decoded(stored);
  }

  private DictionaryColumns dictionaries() {
    DictionaryColumns known = dictionaries;
    if (known == null) {
      known =
          call("reading the columns of", () -> DictionaryColumns.of(dataset, stored, allocator));
      dictionaries = known;
    }
    return known;
  }

  /** The names of the top-level columns. */
  public List<String> columnNames() {
    return stored.getFields().stream().map(Field::getName).toList();
  }

  /** The table's configuration at this version. */
  public Map<String, String> config() {
    return call("reading the configuration of", dataset::getConfig);
  }

  /** The version of the file format, which all of a dataset's files share. */
  String fileFormat() {
    return call("reading the file format of", dataset::getLanceFileFormatVersion);
  }

  /** Whether this version is still the latest of the same dataset. */
  public boolean isLatest() {
    if (holders.get() <= 0) {
      return false;
    }
    if (probe.isPresent()) {
      return probe.get().unchanged();
    }
    // Without a probe it may be another dataset at the same version; on a local disk that takes
    // files that aren't laid out as expected, on an object store a commit by somebody else.
    return files.local("").isPresent()
        && call("looking at the versions of", dataset::latestVersion) == version;
  }

  /** The version that is the latest now. */
  public long latestVersion() {
    return call("looking at the versions of", dataset::latestVersion);
  }

  /** The unique id of the transaction that made this version. */
  public String transactionId() {
    // Lance can't decode some transactions (facts: a compaction that remapped an index); the time
    // of
    // the commit, in nanoseconds, then stands for it.
    try {
      Optional<Transaction> transaction = dataset.readTransaction();
      if (transaction.isPresent()) {
        try (Transaction read = transaction.get()) {
          return read.uuid();
        }
      }
    } catch (RuntimeException e) {
      return "at " + dataset.getVersion().getDataTime();
    }
    return "at " + dataset.getVersion().getDataTime();
  }

  /** When this version was committed, by the clock of whoever did it. */
  public Instant committedAt() {
    return call("reading the version of", () -> dataset.getVersion().getDataTime().toInstant());
  }

  /** Whether a row keeps its id for as long as it exists. */
  public boolean hasStableRowIds() {
    return call("reading the features of", dataset::hasStableRowIds);
  }

  /** What kind of change made this version. */
  public ChangeKind changeKind() {
    return ChangeKind.of(dataset);
  }

  /** Whether the commit that made this version replaced all rows and set a key to a value. */
  public boolean overwroteWith(String key, String value) {
    try (Transaction transaction = dataset.readTransaction().orElse(null)) {
      return transaction != null
          && transaction.operation() instanceof Overwrite overwrite
          && value.equals(overwrite.configUpsertValues().orElse(Map.of()).get(key));
    } catch (RuntimeException e) {
      return false; // what Lance can't decode is no commit of ours
    }
  }

  /**
   * A digest of the schema, the data files and the deletion files: two versions with equal digests
   * have equal rows in equal order. The names of the files are unique, so a dataset that was
   * created anew never has its predecessor's digest, unless both are empty.
   */
  public String contentDigest() {
    Digest digest = new Digest().add(new Schema(stored.getFields()).toJson());
    for (Fragment fragment : call("reading the fragments of", dataset::getFragments)) {
      FragmentMetadata metadata = fragment.metadata();
      digest.add("fragment");
      for (DataFile file : metadata.getFiles()) {
        digest.add(file.toString());
      }
      digest.add(String.valueOf(metadata.getDeletionFile()));
    }
    return digest.hex();
  }

  /**
   * The data files by their paths, to be committed again. Only for a dataset of which every
   * fragment is one file and nothing was deleted, as in a view.
   */
  public Map<String, StagedFile> stagedFiles() {
    Map<String, StagedFile> files = new LinkedHashMap<>();
    for (Fragment fragment : call("reading the fragments of", dataset::getFragments)) {
      StagedFile file = StagedFile.of(fragment.metadata());
      files.put(file.path(), file);
    }
    return files;
  }

  /** The paths and sizes of all data files, relative to the {@code data} folder. */
  public Map<String, Long> dataFiles() {
    Map<String, Long> files = new LinkedHashMap<>();
    for (Fragment fragment : call("reading the fragments of", dataset::getFragments)) {
      for (DataFile file : fragment.metadata().getFiles()) {
        Long size = file.getFileSizeBytes();
        files.put(file.getPath(), size == null ? -1L : size);
      }
    }
    return files;
  }

  /** Forces the manifest to disk, which Lance never does; an object store has done so already. */
  public void forceManifest() {
    if (probe.isPresent() && probe.get() instanceof VersionProbe local) {
      try {
        Durable.force(local.manifest());
        Durable.force(local.folder());
        files.force(List.of(folder())); // the folder of data files may be new
      } catch (IOException e) {
        throw LanceErrors.translate("forcing the manifest of '" + name + "' to disk", e);
      }
    }
  }

  /** The names of all indices, in order. */
  public List<String> indexNames() {
    return call("reading the indices of", () -> IndexCatalog.of(dataset).byName().keySet()).stream()
        .sorted()
        .toList();
  }

  /** The versions that somebody has given a tag. */
  public Set<Long> taggedVersions() {
    return call("reading the tags of", () -> dataset.tags().list()).stream()
        .map(Tag::getVersion)
        .collect(Collectors.toSet());
  }

  /** Counts rows. */
  public long countRows(Optional<String> filter) {
    return filter.isEmpty()
        ? call("counting the rows of", dataset::countRows)
        : call("counting the rows of", () -> dataset.countRows(filter.get()));
  }

  /**
   * Reads rows. The columns must exist; see {@link #columnNames}.
   *
   * @return a reader that the caller closes, on the thread that reads; it holds this dataset
   */
  public ArrowReader scan(ScanRequest request, BufferAllocator allocator) {
    return open(request.options(), allocator);
  }

  /**
   * Searches for the rows nearest to a vector, without an index. Rows without a distance, those
   * whose vector is null or holds NaN, aren't found.
   *
   * @param column of vectors of float16, float32 or float64, all as long as the key: Lance gives
   *     all rows, without distances, for another one
   * @param rows the most; of those that are equally far away, any
   * @param filter of the rows to search among
   * @return {@code _distance} (the square of the Euclidean one), {@code _rowid} and {@code
   *     _rowaddr}; closed by the caller, on the thread that reads; it holds this dataset
   */
  public ArrowReader nearest(String column, float[] key, int rows, Optional<String> filter) {
    return open(ScanRequest.nearest(column, key, rows, filter), dataset.allocator());
  }

  private ArrowReader open(ScanOptions options, BufferAllocator allocator) {
    String what = "reading '" + name + "'";
    retain();
    LanceScanner scanner = null;
    try {
      scanner = LanceScanner.create(dataset, options, allocator);
      return new ScanReader(
          what,
          columnNames(),
          dictionaries(),
          scanner,
          scanner.scanBatches(),
          allocator,
          this::close);
    } catch (RuntimeException e) {
      if (scanner != null) {
        closeQuietly(scanner, e);
      }
      close();
      throw LanceErrors.translate(what, e, columnNames());
    }
  }

  /**
   * Deletes rows in a new version.
   *
   * @return the new version
   */
  long delete(String predicate) {
    return call(
        "deleting from",
        () -> {
          dataset.delete(predicate);
          return dataset.version();
        });
  }

  /** Adds a holder. */
  public LanceDataset retain() {
    holders.updateAndGet(
        count -> {
          if (count <= 0) {
            throw new IllegalStateException("Closed: '" + name + "' at version " + version);
          }
          return count + 1;
        });
    return this;
  }

  /** Takes a holder away; the last one closes the dataset. */
  @Override
  public void close() {
    if (holders.decrementAndGet() == 0) {
      dataset.close();
    }
  }

  /** Lance's own handle, for this package. */
  Dataset dataset() {
    return dataset;
  }

  private <T> T call(String doing, Callable<T> operation) {
    try {
      return operation.call();
    } catch (Exception e) {
      throw LanceErrors.translate(doing + " '" + name + "'", e, columnNames());
    }
  }

  private static void closeQuietly(AutoCloseable resource, Throwable because) {
    try {
      resource.close();
    } catch (Exception e) {
      because.addSuppressed(e);
    }
  }
}
