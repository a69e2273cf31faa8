package dev.geneva.internal.connect;

import dev.geneva.Cluster;
import dev.geneva.Connection;
import dev.geneva.EngineContext;
import dev.geneva.GenevaException;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.Manifest;
import dev.geneva.NotFoundException;
import dev.geneva.Query;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.UnsupportedRuntimeException;
import dev.geneva.ViewOptions;
import dev.geneva.internal.arrow.RecordBatches;
import dev.geneva.internal.descriptor.Generated;
import dev.geneva.internal.descriptor.UdtfBinding;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lock.FileLocks;
import dev.geneva.internal.log.RefreshLog;
import dev.geneva.internal.plan.Planner;
import dev.geneva.internal.query.QueryScan;
import dev.geneva.internal.query.QuerySpec;
import dev.geneva.internal.refresh.Refresh;
import dev.geneva.internal.remote.EngineProvider;
import dev.geneva.internal.text.Names;
import dev.geneva.internal.view.StoredView;
import dev.geneva.udtf.BatchUdtf;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/** A connection to a database. */
final class DatabaseConnection implements Connection {

  private final Database database;

  DatabaseConnection(Database database) {
    this.database = database;
  }

  @Override
  public Table createTable(String name, ArrowReader rows) {
    return RowStream.write(
        "Rows for new table '" + name + "'",
        Optional.empty(),
        rows,
        database.allocator(),
        stream -> {
          database.requireOpen();
          Names.legal(name);
          try (FileLocks.Held held = database.lockNames()) {
            database.storage().create(name, stream);
          }
          return new TableHandle(database, name, null);
        });
  }

  @Override
  public Table createTable(String name, VectorSchemaRoot rows) {
    return createTable(name, RowStream.of(rows, database.allocator()));
  }

  @Override
  public <R extends Record> Table createTable(
      String name, Class<R> type, Iterable<? extends R> rows) {
    return createTable(
        name, new RecordBatches<>(Generated.<R>converter(type), rows, database.allocator()));
  }

  @Override
  public Table openTable(String name) {
    if (stored(name).isPresent()) {
      throw new NotFoundException("'" + name + "' is a view, not a table; use openUdtfView.");
    }
    return new TableHandle(database, name, null);
  }

  @Override
  public List<String> tableNames() {
    return names(false);
  }

  @Override
  public void dropTable(String name) {
    openTable(name);
    try (FileLocks.Held held = database.lockNames()) {
      database.forget(name);
      database.storage().drop(name);
    }
  }

  @Override
  public UdtfView createUdtfView(String name, Query source, BatchUdtf udtf) {
    return createUdtfView(name, source, udtf, ViewOptions.ofDefaults());
  }

  @Override
  public UdtfView createUdtfView(String name, Query source, BatchUdtf udtf, ViewOptions options) {
    database.requireOpen();
    Names.legal(name);
    if (!(source instanceof RelationQuery query) || query.database() != database) {
      throw new InvalidDefinitionException(
          "The source of view '" + name + "' must be a query of the same connection.");
    }
    UdtfBinding binding = UdtfBinding.of(udtf);
    requireValid(query.spec(), binding);
    StoredView definition = StoredView.of(query.spec(), binding, options);
    try (FileLocks.Held held = database.lockNames()) {
      database.storage().create(name, definition.datasetSchema());
    }
    return new ViewHandle(database, name, null);
  }

  private void requireValid(QuerySpec query, UdtfBinding udtf) {
    try (LanceDataset source = database.at(query)) {
      QueryScan scan = QueryScan.of(source, query);
      scan.requireValidSource(database.allocator());
      Planner.requirePlannable(source, query, udtf.descriptor());
    }
  }

  @Override
  public UdtfView openUdtfView(String name) {
    if (stored(name).isEmpty()) {
      throw new NotFoundException("'" + name + "' is a table, not a view; use openTable.");
    }
    return new ViewHandle(database, name, null);
  }

  @Override
  public List<String> udtfViewNames() {
    return names(true);
  }

  @Override
  public void dropUdtfView(String name) {
    StoredView view =
        stored(name)
            .orElseThrow(
                () ->
                    new NotFoundException("'" + name + "' is a table, not a view; use dropTable."));
    RefreshLog log = database.log(name, view.uuid());
    try (FileLocks.Held held = database.lockNames()) {
      boolean dropped =
          log.drop(
              Refresh.holding(log, "the view is dropped"),
              () -> {
                database.forget(name);
                database.storage().drop(name);
              });
      if (!dropped) {
        throw Refresh.inProgress(name, log);
      }
    }
  }

  @Override
  public EngineContext localRayContext() {
    return database.openContext(() -> engines().local());
  }

  @Override
  public EngineContext context(String cluster, String manifest) {
    Definitions definitions = database.definitions();
    Cluster defined = definitions.cluster(cluster);
    Manifest code = definitions.manifest(manifest);
    return database.openContext(() -> engines().on(cluster, defined, code, database.options()));
  }

  private static EngineProvider engines() {
    return ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new UnsupportedRuntimeException(
                    """
                    The Ray engine isn't on the class path. Add it:
                      <dependency>
                        <groupId>dev.geneva</groupId>
                        <artifactId>geneva-ray</artifactId>
                      </dependency>
                    A shaded jar must keep META-INF/services/%s."""
                        .formatted(EngineProvider.class.getName())));
  }

  @Override
  public void defineCluster(String name, Cluster cluster) {
    database.definitions().define(name, cluster);
  }

  @Override
  public List<String> clusterNames() {
    return database.definitions().clusters();
  }

  @Override
  public Cluster cluster(String name) {
    return database.definitions().cluster(name);
  }

  @Override
  public void dropCluster(String name) {
    database.definitions().dropCluster(name);
  }

  @Override
  public void defineManifest(String name, Manifest manifest) {
    database.definitions().define(name, manifest);
  }

  @Override
  public List<String> manifestNames() {
    return database.definitions().manifests();
  }

  @Override
  public Manifest manifest(String name) {
    return database.definitions().manifest(name);
  }

  @Override
  public void dropManifest(String name) {
    database.definitions().dropManifest(name);
  }

  private Optional<StoredView> stored(String name) {
    database.requireOpen();
    try (LanceDataset dataset = database.storage().open(Names.legal(name), OptionalLong.empty())) {
      return StoredView.in(dataset.storedSchema());
    }
  }

  private List<String> names(boolean views) {
    database.requireOpen();
    return database.storage().names().stream().filter(name -> isView(name) == views).toList();
  }

  private boolean isView(String name) {
    try (LanceDataset dataset = database.storage().open(name, OptionalLong.empty())) {
      return StoredView.in(dataset.storedSchema()).isPresent();
    } catch (GenevaException e) {
      return false; // damaged, or just dropped: a name is all that is known of it
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
