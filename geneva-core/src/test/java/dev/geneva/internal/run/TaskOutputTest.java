package dev.geneva.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.StorageException;
import dev.geneva.internal.fixture.IdRows;
import dev.geneva.internal.plan.Partition;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskOutputTest {

  @TempDir Path folder;

  @Test
  void partitionsThatCouldNotBeMadeDurableInTheBackgroundAreNotLeftOutSilently() {
    AtomicInteger asked = new AtomicInteger();
    Checkpoints forgetful =
        new FinishedGroups(
            group -> {
              asked.incrementAndGet();
              throw new StorageException("the log is away");
            });
    try (RunFixture fixture = new RunFixture(folder);
        TaskOutput output =
            new TaskOutput(
                fixture.workplace(1, forgetful), "view", IdRows.SCHEMA, Optional.empty(), false)) {
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
                return asked.get() > 0;
              });

      assertThatThrownBy(output::complete)
          .isInstanceOf(StorageException.class)
          .hasMessage("the log is away");
      assertThat(asked).hasValue(1);
    }
  }
}
