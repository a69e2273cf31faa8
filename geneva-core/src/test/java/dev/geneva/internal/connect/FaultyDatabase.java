package dev.geneva.internal.connect;

import dev.geneva.Connection;
import dev.geneva.ConnectionOptions;
import dev.geneva.LocalCapacity;
import dev.geneva.internal.fixture.Faults;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.log.LogRecord;
import dev.geneva.internal.log.RefreshLog;
import dev.geneva.internal.store.FileStore;
import dev.geneva.internal.store.LocalFileStore;
import dev.geneva.internal.store.ObjectStoreUri;
import dev.geneva.internal.store.ObjectStores;
import dev.geneva.internal.store.StorageOptions;
import dev.geneva.internal.view.CommittedState;
import dev.geneva.internal.view.Sidecar;
import dev.geneva.internal.view.StoredView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A connection to a local database, with faults, that shows what is behind its views. */
public final class FaultyDatabase implements AutoCloseable {

  private final Faults faults;
  private final Database database;
  private final Connection connection;
  private final Map<String, String> uuids = new ConcurrentHashMap<>();

  private FaultyDatabase(FileStore files, Map<String, String> forLance, Duration lease) {
    faults = new Faults(files);
    LocalCapacity capacity = new LocalCapacity(2, 0, Long.MAX_VALUE);
    ConnectionOptions options =
        new ConnectionOptions(files.root(), Map.of(), capacity, true, lease);
    database = new Database(faults.files(), forLance, options, faults);
    connection = new DatabaseConnection(database);
  }

  /** Connects to a local database. */
  public static FaultyDatabase local(Path folder) {
    return new FaultyDatabase(new LocalFileStore(folder, false), Map.of(), Duration.ofSeconds(30));
  }

  /** Connects to any database, whose owners are taken for dead after a second or so. */
  public static FaultyDatabase at(String uri, Map<String, String> storageOptions) {
    if (!ObjectStoreUri.isRemote(uri)) {
      return local(Path.of(uri));
    }
    ObjectStoreUri parsed = ObjectStoreUri.parse(uri);
    StorageOptions options = new StorageOptions(parsed, storageOptions);
    FileStore files = ObjectStores.open(parsed, options);
    return new FaultyDatabase(files, options.forLance(), Duration.ofSeconds(1));
  }

  /** Those that can be injected. */
  public Faults faults() {
    return faults;
  }

  /** The connection; closed with this. */
  public Connection connection() {
    return connection;
  }

  /** Its folder. */
  public Path root() {
    return Path.of(database.options().uri());
  }

  /** The folder of a view's log. */
  public Path logFolder(String view) {
    return root().resolve("_geneva").resolve(uuid(view));
  }

  /** All records of a view's log. */
  public List<LogRecord> records(String view) {
    return log(view).records();
  }

  /** The records of a view's log since its last commit. */
  public List<LogRecord> tail(String view) {
    return log(view).tail().records();
  }

  /** The names of what lies beside the records. */
  public List<String> sidecars(String view) {
    return log(view).sidecarNames();
  }

  private RefreshLog log(String view) {
    return database.log(view, uuid(view));
  }

  private String uuid(String view) {
    return uuids.computeIfAbsent(
        view,
        name -> {
          try (LanceDataset dataset = database.storage().open(name, OptionalLong.empty())) {
            return StoredView.in(dataset.schema()).orElseThrow().uuid();
          }
        });
  }

  /** What the latest version of a view says that it was made of. */
  public Optional<Sidecar> sidecar(String view) {
    try (LanceDataset dataset = database.storage().open(view, OptionalLong.empty())) {
      return CommittedState.of(dataset)
          .map(CommittedState::sidecar)
          .flatMap(log(view)::sidecar)
          .map(Sidecar::of);
    }
  }

  /** The versions of a view. */
  public List<Long> versions(String view) {
    return database.storage().files(view).versions();
  }

  /** The data files that there are, for those that the storage shows. */
  public Set<String> files(String view) {
    Set<String> names = new TreeSet<>();
    database.storage().files(view).list().forEach(file -> names.add(file.name()));
    return names;
  }

  /** The data files that a view's versions name. */
  public Set<String> namedFiles(String view) {
    Set<String> named = new TreeSet<>();
    for (long version : versions(view)) {
      try (LanceDataset dataset = database.storage().open(view, OptionalLong.of(version))) {
        named.addAll(dataset.dataFiles().keySet());
      }
    }
    return named;
  }

  /** Finds leaks of memory. */
  @Override
  public void close() {
    connection.close();
  }
}
