package dev.geneva.internal.refresh;

import dev.geneva.CheckpointPolicy;
import dev.geneva.StorageException;
import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.lance.LanceStorage;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.log.LogRecord;
import dev.geneva.internal.log.Ownership;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.run.Checkpoints;
import dev.geneva.internal.run.FileGroup;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes into the view's log what tasks have made durable. Thread-safe. */
final class LoggedCheckpoints implements Checkpoints {

  private static final Logger LOG = LoggerFactory.getLogger(LoggedCheckpoints.class);

  private final LanceStorage storage;
  private final Ownership ownership;
  private final Job job;
  private final CheckpointPolicy policy;
  private volatile boolean dropped;

  LoggedCheckpoints(LanceStorage storage, Ownership ownership, Job job, CheckpointPolicy policy) {
    this.storage = storage;
    this.ownership = ownership;
    this.job = job;
    this.policy = policy;
  }

  /** Whether anything was dropped, so that there may be files that nobody needs. */
  boolean hasDropped() {
    return dropped;
  }

  @Override
  public CheckpointPolicy policy() {
    return policy;
  }

  @Override
  public void durable(Partition partition, DurableBatches more) {
    ownership.append(new LogRecord.BatchesDurable(job.refreshId(), partition.ordinal(), more));
  }

  @Override
  public void finished(FileGroup group) {
    ownership.append(new LogRecord.PartitionsDone(job.refreshId(), group.files(), group.entries()));
  }

  @Override
  public void dropped(Partition partition, List<StagedFile> files) {
    dropped = true;
    ownership.append(new LogRecord.Dropped(job.refreshId(), List.of(partition.ordinal())));
    ownership.append(
        new LogRecord.DeleteIntent(job.refreshId(), files.stream().map(StagedFile::path).toList()));
    for (StagedFile file : files) {
      try {
        storage.files(job.view()).delete(file.path());
      } catch (StorageException e) {
        LOG.warn("A file of view {} that nobody needs couldn't be deleted", job.view(), e);
      }
    }
  }
}
