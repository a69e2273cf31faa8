package dev.geneva.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.internal.checkpoint.BatchMark;
import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.query.QuerySpec;
import dev.geneva.internal.run.FileGroup;
import dev.geneva.internal.run.PartitionResult;
import dev.geneva.internal.run.TaskResult;
import dev.geneva.udtf.PartitionKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskCodecTest {

  private static final StagedFile FILE =
      new StagedFile("a.lance", List.of(0, 1), List.of(0, 1), 2, 1, 100, 7);

  private static final Partition FIRST =
      new Partition(
          4,
          Optional.of(new PartitionKey.Value("day", 1L)),
          9,
          new DurableBatches(List.of(FILE), List.of(new BatchMark(-5, 7))));

  private static final Partition SECOND = new Partition(5, Optional.empty(), 1);
  private static final Task TASK = new Task(2, List.of(FIRST, SECOND), false);

  @Test
  void jobsAndTasksAreTheSameAfterwards() {
    Job job =
        new Job(
            "refresh",
            "view",
            QuerySpec.all("source", 3L).withPredicate("a > 'b'").withLimit(5),
            3,
            List.of("a"),
            "C",
            "{\"x\":1}",
            null);
    assertThat(TaskCodec.readJob(TaskCodec.write(job))).isEqualTo(job);
    assertThat(TaskCodec.readTask(TaskCodec.write(TASK))).isEqualTo(TASK);
  }

  @Test
  void resultsAreTheSameAfterwardsWithThePartitionsThatTheReceiverKnows() {
    FileGroup group =
        new FileGroup(
            List.of(FILE), List.of(new PartitionResult(FIRST, 9, 7, 1, 2, Optional.empty())));
    FileGroup skipped =
        new FileGroup(
            List.of(), List.of(new PartitionResult(SECOND, 0, 0, 0, 3, Optional.of("why"))));
    TaskResult result = new TaskResult(TASK, List.of(group, skipped));
    assertThat(TaskCodec.readResult(TASK, TaskCodec.write(result))).isEqualTo(result);
    assertThat(TaskCodec.readGroup(TASK, TaskCodec.write(group))).isEqualTo(group);
  }

  @Test
  void resultOfAnotherTaskIsRefused() {
    String other =
        TaskCodec.write(
            new TaskResult(
                TASK,
                List.of(
                    new FileGroup(
                        List.of(),
                        List.of(new PartitionResult(FIRST, 0, 0, 0, 1, Optional.empty()))))));
    Task task = new Task(3, List.of(SECOND), false);
    assertThatThrownBy(() -> TaskCodec.readResult(task, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No partition of this task: 4");
  }
}
