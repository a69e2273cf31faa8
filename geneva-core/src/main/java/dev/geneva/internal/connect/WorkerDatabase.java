package dev.geneva.internal.connect;

import dev.geneva.ConnectionOptions;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.StorageException;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.log.RefreshLog;
import dev.geneva.internal.partition.RowOrdinals;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.view.StoredView;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A database as the processes of a distributed engine see it. What they share that is too large for
 * a message, they share as files beside the view's log. Thread-safe.
 */
public final class WorkerDatabase implements AutoCloseable {

  private static final String ORDINALS = "ordinals-";

  /** Longs in one file: 64 MiB. */
  private static final int PART_WORDS = 8 << 20;

  private final Database database;

  private WorkerDatabase(Database database) {
    this.database = database;
  }

  /** Opens a database. Fails as {@link dev.geneva.Geneva#connect} does. */
  public static WorkerDatabase open(ConnectionOptions options) {
    return new WorkerDatabase(Database.open(options));
  }

  /**
   * Shares whose row is whose with the workers of a job. The caller owns the view's log, so that
   * what other refreshes have shared is left over.
   */
  public void shareOrdinals(Job job, RowOrdinals ordinals) {
    withdrawOrdinals(job);
    RefreshLog log = log(job);
    for (int part = 0; part < ordinals.parts(PART_WORDS); part++) {
      log.putSidecar(partName(job, part), ordinals.part(part, PART_WORDS));
    }
  }

  /** Takes back what was shared. The caller owns the view's log. */
  public void withdrawOrdinals(Job job) {
    log(job).deleteSidecars(ORDINALS);
  }

  /**
   * Opens what the tasks of a job need.
   *
   * @param partitioned whether its rows' ordinals were shared
   */
  public JobSite site(Job job, boolean partitioned, JobSite.Terms terms) {
    return new JobSite(
        database, job, partitioned ? Optional.of(ordinals(job)) : Optional.empty(), terms);
  }

  private RowOrdinals ordinals(Job job) {
    RefreshLog log = log(job);
    return RowOrdinals.of(
        part ->
            log.sidecar(partName(job, part))
                .orElseThrow(
                    () ->
                        new StorageException(
                            "The partitions of view '"
                                + job.view()
                                + "' aren't there for its workers: is the database at a place that"
                                + " all hosts share?")));
  }

  private static String partName(Job job, int part) {
    return ORDINALS + job.refreshId() + "-" + part;
  }

  private RefreshLog log(Job job) {
    try (LanceDataset view = database.storage().open(job.view(), OptionalLong.empty())) {
      String uuid =
          StoredView.in(view.storedSchema())
              .orElseThrow(() -> new InvalidDefinitionException("'" + job.view() + "' is no view."))
              .uuid();
      return database.log(job.view(), uuid);
    }
  }

  /** The content of a jar of a manifest. */
  public byte[] jar(String digest) {
    return database.definitions().jar(digest);
  }

  @Override
  public void close() {
    database.close();
  }
}
