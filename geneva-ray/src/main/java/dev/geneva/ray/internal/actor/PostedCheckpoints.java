package dev.geneva.ray.internal.actor;

import dev.geneva.CheckpointPolicy;
import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.remote.TaskCodec;
import dev.geneva.internal.run.Checkpoints;
import dev.geneva.internal.run.FileGroup;
import dev.geneva.ray.internal.wire.WorkerMessage.Report;
import java.util.List;

/**
 * Hands what a task has made durable to the driver: only the refresh's owner writes its log.
 *
 * @param policy when to report
 * @param mailbox to the driver
 */
record PostedCheckpoints(CheckpointPolicy policy, Mailbox mailbox) implements Checkpoints {

  @Override
  public void durable(Partition partition, DurableBatches more) {
    mailbox.post(number -> new Report(number, partition.ordinal(), more, null, null));
  }

  @Override
  public void finished(FileGroup group) {
    int first = group.partitions().get(0).partition().ordinal();
    String json = TaskCodec.write(group);
    mailbox.post(number -> new Report(number, first, null, json, null));
  }

  @Override
  public void dropped(Partition partition, List<StagedFile> files) {
    mailbox.post(number -> new Report(number, partition.ordinal(), null, null, files));
  }
}
