package dev.geneva;

import dev.geneva.udtf.BatchUdtf;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * A database: a folder of Lance tables, each {@code <name>.lance}. Shared with any other program
 * that reads and writes Lance. Thread-safe.
 *
 * <p>Names of tables and views share one space. A name is 1 to 200 letters, digits, {@code _},
 * {@code -} and {@code .}, and starts with a letter, a digit or {@code _}.
 */
public interface Connection extends AutoCloseable {

  /**
   * Creates a table from a stream. Memory is bounded by a few batches.
   *
   * @param rows read to its end on this thread, and closed whatever happens
   * @throws AlreadyExistsException if the name is taken
   * @throws InvalidDefinitionException if the name is illegal
   */
  Table createTable(String name, ArrowReader rows);

  /**
   * Creates a table.
   *
   * @param rows may have no rows; remains the caller's
   * @throws AlreadyExistsException if the name is taken
   * @throws InvalidDefinitionException if the name is illegal
   */
  Table createTable(String name, VectorSchemaRoot rows);

  /**
   * Creates a table from records. Memory is bounded by a few batches.
   *
   * @param type a record annotated with {@link dev.geneva.udtf.ArrowRecord}
   * @param rows may be empty; none of them null
   * @throws AlreadyExistsException if the name is taken
   * @throws InvalidDefinitionException if the name is illegal, or the record has no generated
   *     converter
   */
  <R extends Record> Table createTable(String name, Class<R> type, Iterable<? extends R> rows);

  /**
   * Opens a table.
   *
   * @throws NotFoundException if there is none of that name, or it is a view
   */
  Table openTable(String name);

  /** The names of the tables that aren't views, in order. Reads each table's metadata. */
  List<String> tableNames();

  /**
   * Drops a table with all its versions.
   *
   * @throws NotFoundException if there is none of that name, or it is a view
   */
  void dropTable(String name);

  /**
   * Creates a view, without rows: {@link UdtfView#refresh} computes them.
   *
   * @param source a query over a table or view of this connection
   * @param udtf an instance of a class annotated with {@link dev.geneva.udtf.Udtf}, with the
   *     parameters that the view shall use
   * @throws AlreadyExistsException if the name is taken
   * @throws NotFoundException if a column that the query or the function names isn't there
   * @throws InvalidDefinitionException if the name is illegal, the class has no descriptor, or the
   *     query can't be honoured
   */
  UdtfView createUdtfView(String name, Query source, BatchUdtf udtf);

  /** Creates a view with options. Fails as {@link #createUdtfView(String, Query, BatchUdtf)}. */
  UdtfView createUdtfView(String name, Query source, BatchUdtf udtf, ViewOptions options);

  /**
   * Opens a view. Its rows can be read without the function's class; a refresh needs it.
   *
   * @throws NotFoundException if there is none of that name, or it is a table
   */
  UdtfView openUdtfView(String name);

  /** The names of the views, in order. Reads each table's metadata. */
  List<String> udtfViewNames();

  /**
   * Drops a view with all its versions and records.
   *
   * @throws NotFoundException if there is none of that name, or it is a table
   * @throws RefreshInProgressException if it is being refreshed
   */
  void dropUdtfView(String name);

  /**
   * Starts a private Ray on this host, which needs an installed one: {@code ray} is found by the
   * environment variable {@code GENEVA_RAY} or in the {@code PATH}. While the context is open,
   * refreshes of this connection that name no engine run there.
   *
   * @return the caller closes it, which ends all that was started
   * @throws UnsupportedRuntimeException if geneva-ray isn't on the class path, or Ray is missing or
   *     of another version
   * @throws IllegalStateException if a context of this connection is open already
   */
  EngineContext localRayContext();

  /**
   * Turns to a cluster that {@link #defineCluster} defined, with the code of {@link
   * #defineManifest}. While the context is open, refreshes of this connection that name no engine
   * run there, each as a job of its own that finishes even if this process dies.
   *
   * @return the caller closes it; the cluster stays as it is
   * @throws NotFoundException if one of the two isn't defined
   * @throws EngineLostException if the cluster can't be reached
   * @throws UnsupportedRuntimeException if geneva-ray isn't on the class path, or the cluster has
   *     another version of Ray
   * @throws IllegalStateException if a context of this connection is open already
   */
  EngineContext context(String cluster, String manifest);

  /**
   * Stores a cluster under a name.
   *
   * @throws AlreadyExistsException if another one has the name
   * @throws InvalidDefinitionException if the name is illegal
   */
  void defineCluster(String name, Cluster cluster);

  /** The names of the clusters, in order. */
  List<String> clusterNames();

  /**
   * What a cluster is.
   *
   * @throws NotFoundException if there is none of that name
   */
  Cluster cluster(String name);

  /**
   * Forgets a cluster.
   *
   * @throws NotFoundException if there is none of that name
   */
  void dropCluster(String name);

  /**
   * Stores a manifest under a name, with the content of its jars.
   *
   * @throws AlreadyExistsException if another one has the name
   * @throws InvalidDefinitionException if the name is illegal
   */
  void defineManifest(String name, Manifest manifest);

  /** The names of the manifests, in order. */
  List<String> manifestNames();

  /**
   * What a manifest holds.
   *
   * @throws NotFoundException if there is none of that name
   */
  Manifest manifest(String name);

  /**
   * Forgets a manifest, and the jars that no other has.
   *
   * @throws NotFoundException if there is none of that name
   */
  void dropManifest(String name);

  /**
   * Closes the connection and what it holds open, a context too. Readers and roots that it handed
   * out must have been closed before.
   *
   * @throws IllegalStateException if some weren't; the message says how many bytes are left
   */
  @Override
  void close();
}
