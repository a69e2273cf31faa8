package dev.geneva.internal.run;

import dev.geneva.CheckpointPolicy;
import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.plan.Partition;
import java.util.List;

/**
 * Where tasks report what they have made durable. Each call returns when it is remembered.
 * Thread-safe.
 *
 * <p>Every call throws {@link dev.geneva.RefreshInProgressException} if another owner has taken the
 * refresh over, and {@link dev.geneva.StorageException} if it can't be remembered.
 */
public interface Checkpoints {

  /** Remembers nothing. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public CheckpointPolicy policy() {
          return CheckpointPolicy.off();
        }

        @Override
        public void durable(Partition partition, DurableBatches more) {}

        @Override
        public void finished(FileGroup group) {}

        @Override
        public void dropped(Partition partition, List<StagedFile> files) {}
      };

  /** When to report. With {@link CheckpointPolicy#off} nothing is. */
  CheckpointPolicy policy();

  /**
   * Batches of a partition are durable that isn't finished.
   *
   * @param more those that follow the ones reported before, and those that the partition began with
   */
  void durable(Partition partition, DurableBatches more);

  /** Whole partitions are durable; none of them was left out. */
  void finished(FileGroup group);

  /**
   * What was durable of a partition is worth nothing any more.
   *
   * @param files those that held it; nobody needs them
   */
  void dropped(Partition partition, List<StagedFile> files);
}
