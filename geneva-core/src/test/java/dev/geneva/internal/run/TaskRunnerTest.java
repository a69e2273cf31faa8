package dev.geneva.internal.run;

import static dev.geneva.internal.run.Scripts.RETRY;
import static dev.geneva.internal.run.Scripts.partitions;
import static dev.geneva.internal.run.Scripts.play;
import static dev.geneva.internal.run.Scripts.policy;
import static dev.geneva.internal.run.Scripts.yieldTen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.PartitionFailedException;
import dev.geneva.udtf.ErrorPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One task on one thread: attempts, counts, memory, and that nothing is left of any of them. */
class TaskRunnerTest {

  @TempDir Path folder;
  private RunFixture fixture;

  @BeforeEach
  void createTables() {
    fixture = new RunFixture(folder);
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(fixture.batches().getAllocatedMemory()).isZero();
    fixture.close(); // finds readers and rows that an attempt has left
  }

  @Test
  void everyPartitionIsCalledOnceWithAnInstanceOfItsOwn() {
    play(ErrorPolicy.failFast(), Scripts::yieldTen);

    TaskResult result = fixture.run(3);

    assertThat(ScriptedUdtf.called()).hasSize(3).doesNotHaveDuplicates();
    assertThat(fixture.ids(result)).isEqualTo(LongStream.range(0, 30).boxed().toList());
    assertThat(partitions(result)).extracting(PartitionResult::attempts).containsExactly(1, 1, 1);
  }

  @Test
  void everyAttemptHasAnInstanceOfItsOwnAndItsRowsCountOnce() {
    AtomicInteger calls = new AtomicInteger();
    play(
        policy(RETRY),
        (source, out) -> {
          yieldTen(source, out);
          if (calls.incrementAndGet() < 3) {
            throw new IOException("not yet");
          }
        });

    TaskResult result = fixture.run(1);

    assertThat(ScriptedUdtf.called()).hasSize(3).doesNotHaveDuplicates();
    assertThat(fixture.ids(result)).isEqualTo(LongStream.range(0, 10).boxed().toList());
    assertThat(partitions(result).get(0))
        .isEqualTo(
            new PartitionResult(
                partitions(result).get(0).partition(), 0, 10, 2, 3, java.util.Optional.empty()));
  }

  /** In a task of several partitions their rows are gathered in one batch. */
  @Test
  void countsAreOfTheAttemptThatCounts() {
    AtomicInteger calls = new AtomicInteger();
    play(
        policy(RETRY),
        (source, out) -> {
          try (ArrowReader reader = source.toBatches(100)) {
            while (reader.loadNextBatch()) {
              out.collect(reader.getVectorSchemaRoot());
            }
          }
          source.toArrow().close();
          if (calls.incrementAndGet() == 1) {
            throw new IOException("once");
          }
        });

    PartitionResult partition = partitions(fixture.run(1)).get(0);

    assertThat(partition.rowsRead()).isEqualTo(2L * RunFixture.ROWS);
    assertThat(partition.rowsWritten()).isEqualTo(RunFixture.ROWS);
    assertThat(partition.batchesWritten()).isEqualTo(3);
    // Progress counts all that was done.
    assertThat(fixture.counters().rowsRead()).isEqualTo(4L * RunFixture.ROWS);
    assertThat(fixture.counters().batchesWritten()).isEqualTo(6);
    assertThat(fixture.counters().partitionsDone()).isEqualTo(1);
  }

  @Test
  void memoryIsLimitedForTheFunctionsOwnButNotForWhatPassesThrough() {
    play(
        ErrorPolicy.failFast(),
        (source, out) -> {
          try (ArrowReader reader = source.toBatches(300)) {
            reader.loadNextBatch();
            assertThat(reader.getVectorSchemaRoot().getVector("id").getBufferSize())
                .isGreaterThan(1024);
          }
          assertThat(source.allocator().getLimit()).isEqualTo(1024);
          source.allocator().buffer(512).close();
          source.allocator().buffer(2048);
        });

    assertThatThrownBy(() -> fixture.run(1, 1024L))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageStartingWith(
            "scripted on partition part = 0 ran out of memory, which it limits to 1024 bytes after 1"
                + " attempt: ")
        .hasCauseInstanceOf(OutOfMemoryException.class);

    play(ErrorPolicy.failFast(), (source, out) -> source.toArrow().close());
    assertThatThrownBy(() -> fixture.run(1, 1024L)).hasCauseInstanceOf(OutOfMemoryException.class);
  }

  @Test
  void withoutALimitThereIsNone() {
    play(ErrorPolicy.failFast(), (source, out) -> source.allocator().buffer(64 << 20).close());

    assertThat(partitions(fixture.run(1))).hasSize(1);
  }

  @Test
  void whateverAFailedAttemptLeftOpenIsClosed() {
    AtomicInteger calls = new AtomicInteger();
    play(
        policy(RETRY),
        (source, out) -> {
          if (calls.incrementAndGet() == 1) {
            ArrowReader reader = source.toBatches(10);
            reader.loadNextBatch();
            source.toArrow();
            out.collect(reader.getVectorSchemaRoot());
            throw new IOException("with everything open");
          }
          yieldTen(source, out);
        });

    assertThat(fixture.ids(fixture.run(1))).hasSize(10);
  }

  @Test
  void whatIsLeftOpenIsAnErrorThatThePolicySees() {
    play(ErrorPolicy.skipOnError(), (source, out) -> source.toBatches(10).loadNextBatch());
    assertThat(partitions(fixture.run(1)).get(0).skippedBecause().orElseThrow())
        .isEqualTo(
            "java.lang.IllegalStateException: It left 1 of the readers open that toBatches(…)"
                + " returned; use try-with-resources.");

    play(ErrorPolicy.skipOnError(), (source, out) -> source.toArrow());
    assertThat(partitions(fixture.run(1)).get(0).skippedBecause().orElseThrow())
        .contains("bytes open that toArrow() returned");
  }

  @Test
  void errorsOfTheVirtualMachineAreErrorsOfThePartition() {
    play(
        ErrorPolicy.skipOnError(),
        (source, out) -> {
          throw new StackOverflowError();
        });

    assertThat(partitions(fixture.run(1)).get(0).skippedBecause())
        .hasValue("java.lang.StackOverflowError");
  }
}
