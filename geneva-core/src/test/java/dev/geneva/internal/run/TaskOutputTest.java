package dev.geneva.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.CheckpointPolicy;
import dev.geneva.StorageException;
import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.fixture.IdRows;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.plan.Partition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskOutputTest {

  @TempDir Path folder;

  /** Can't remember what is finished. */
  private static final class Forgetful implements Checkpoints {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public CheckpointPolicy policy() {
      return CheckpointPolicy.ofDefaults();
    }

    @Override
    public void durable(Partition partition, DurableBatches more) {}

    @Override
    public void finished(FileGroup group) {
      asked.incrementAndGet();
      throw new StorageException("the log is away");
    }

    @Override
    public void dropped(Partition partition, List<StagedFile> files) {}
  }

  @Test
  void partitionsThatCouldNotBeMadeDurableInTheBackgroundAreNotLeftOutSilently() {
    Forgetful checkpoints = new Forgetful();
    try (RunFixture fixture = new RunFixture(folder);
        TaskOutput output =
            new TaskOutput(
                fixture.workplace(1, checkpoints),
                "view",
                IdRows.SCHEMA,
                Optional.empty(),
                false)) {
      Partition partition = new Partition(0, Optional.empty(), 10);
      output.begin(partition);
      try (VectorSchemaRoot batch = RunFixture.batch(fixture.batches(), 0, 10)) {
        output.write(batch, null);
      }
      output.finish(new PartitionResult(partition, 10, 10, 1, 1, Optional.empty()));

      // As the timer does, after the function was called for the last time.
      Awaitility.await()
          .pollInSameThread()
          .until(
              () -> {
                output.flushIfDue();
                return checkpoints.asked.get() > 0;
              });

      assertThatThrownBy(output::complete)
          .isInstanceOf(StorageException.class)
          .hasMessage("the log is away");
      assertThat(checkpoints.asked).hasValue(1);
    }
  }
}
