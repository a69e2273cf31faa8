package dev.geneva.internal.run;

import dev.geneva.CheckpointPolicy;
import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.plan.Partition;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checkpoints by the default policy, of which only whole partitions count.
 *
 * @param consumer is told of them, by any thread
 */
record FinishedGroups(Consumer<FileGroup> consumer) implements Checkpoints {

  @Override
  public CheckpointPolicy policy() {
    return CheckpointPolicy.ofDefaults();
  }

  @Override
  public void durable(Partition partition, DurableBatches more) {}

  @Override
  public void finished(FileGroup group) {
    consumer.accept(group);
  }

  @Override
  public void dropped(Partition partition, List<StagedFile> files) {}
}
