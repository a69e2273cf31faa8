package dev.geneva.ray.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.CheckpointPolicy;
import dev.geneva.internal.checkpoint.BatchMark;
import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.remote.TaskCodec;
import dev.geneva.internal.run.Checkpoints;
import dev.geneva.internal.run.FileGroup;
import dev.geneva.internal.run.PartitionResult;
import dev.geneva.internal.run.TaskResult;
import dev.geneva.ray.internal.wire.WorkerMessage.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskStateTest {

  private static final Task TASK =
      new Task(
          0,
          IntStream.range(0, 4).mapToObj(i -> new Partition(i, Optional.empty(), 10)).toList(),
          false);

  private final List<String> logged = new ArrayList<>();

  private final Checkpoints log =
      new Checkpoints() {
        @Override
        public CheckpointPolicy policy() {
          return CheckpointPolicy.ofDefaults();
        }

        @Override
        public void durable(Partition partition, DurableBatches more) {
          logged.add("durable " + partition.ordinal());
        }

        @Override
        public void finished(FileGroup group) {
          logged.add("finished " + group.partitions().size());
        }

        @Override
        public void dropped(Partition partition, List<StagedFile> files) {
          logged.add("dropped " + partition.ordinal());
        }
      };

  private final TaskState state = new TaskState(TASK, log);

  private static DurableBatches batches(String file) {
    return new DurableBatches(
        List.of(new StagedFile(file, List.of(0), List.of(0), 2, 1, 9, 3)),
        List.of(new BatchMark(1, 3)));
  }

  private static FileGroup group(int... partitions) {
    return new FileGroup(
        List.of(),
        IntStream.of(partitions)
            .mapToObj(
                i -> new PartitionResult(TASK.partitions().get(i), 10, 3, 1, 1, Optional.empty()))
            .toList());
  }

  private static Report finished(long number, int... partitions) {
    return new Report(number, partitions[0], null, TaskCodec.write(group(partitions)), null);
  }

  private void take(Report... reports) {
    for (Report report : reports) {
      state.take(report);
    }
  }

  @Test
  void nextWorkerGoesOnFromWhatWasRemembered() {
    take(
        finished(1, 0, 1),
        new Report(2, 2, batches("a"), null, null),
        new Report(3, 2, batches("b"), null, null));
    assertThat(state.rest().partitions()).extracting(Partition::ordinal).containsExactly(2, 3);
    assertThat(state.rest().partitions().get(0).durable())
        .isEqualTo(batches("a").plus(batches("b")));
    assertThat(state.counts().partitionsDone()).isEqualTo(2);
    assertThat(state.counts().rowsRead()).isEqualTo(20);

    String last = TaskCodec.write(new TaskResult(state.rest(), List.of(group(2), group(3))));
    assertThat(state.result(last).groups())
        .extracting(group -> group.partitions().get(0).partition().ordinal())
        .containsExactly(0, 2, 3);
    assertThat(TaskState.counts(state.result(last)).rowsRead()).isEqualTo(40);
  }

  @Test
  void whatWasDroppedIsGone() {
    take(
        new Report(1, 2, batches("a"), null, null),
        new Report(2, 2, null, null, batches("a").files()));
    assertThat(state.rest().partitions().get(2).durable()).isEqualTo(DurableBatches.NONE);
    assertThat(logged).containsExactly("durable 2", "dropped 2");
  }

  @Test
  void taskOfWhichAllIsFinishedNeedsNoOtherWorker() {
    take(finished(1, 0, 1), finished(2, 2, 3));
    assertThat(state.rest().partitions()).isEmpty();
    assertThat(state.result(null).groups()).hasSize(2);
  }
}
