package dev.geneva.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.PartitionFailedException;
import dev.geneva.RefreshCancelledException;
import dev.geneva.SchemaMismatchException;
import dev.geneva.StorageException;
import dev.geneva.udtf.Backoff;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.ErrorPolicy;
import dev.geneva.udtf.ErrorRule;
import dev.geneva.udtf.PartitionKey;
import dev.geneva.udtf.UdtfSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One task on one thread: attempts, policies, and that nothing is left of any of them. */
class TaskRunnerTest {

  private static final ErrorRule RETRY =
      ErrorRule.retry().withBackoff(Backoff.FIXED, Duration.ZERO, Duration.ZERO, false);

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
    play(ErrorPolicy.failFast(), TaskRunnerTest::yieldTen);

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
  void rowsOfFailedAttemptsAreTakenOutFromAmongOthers() {
    AtomicInteger calls = new AtomicInteger();
    play(
        policy(RETRY),
        (source, out) -> {
          yieldTen(source, out);
          if (calls.incrementAndGet() % 2 == 1) {
            throw new IOException("every other time");
          }
        });

    TaskResult result = fixture.run(9);

    assertThat(calls).hasValue(18);
    assertThat(fixture.ids(result)).isEqualTo(LongStream.range(0, 90).boxed().toList());
    assertThat(partitions(result)).extracting(PartitionResult::rowsWritten).containsOnly(10L);
  }

  @Test
  void aPartitionWithMuchOutputIsRetriedLikeASmallOne() {
    AtomicInteger calls = new AtomicInteger();
    play(
        policy(RETRY),
        (source, out) -> {
          boolean large = key(source) == 1;
          int rows = large ? 400_000 : 10;
          yieldRows(out, key(source) * 1_000_000, rows, source);
          if (large && calls.incrementAndGet() < 3) {
            throw new IOException("late");
          }
        });

    TaskResult result = fixture.run(3);

    List<Long> expected = new ArrayList<>(LongStream.range(0, 10).boxed().toList());
    LongStream.range(1_000_000, 1_400_000).forEach(expected::add);
    LongStream.range(2_000_000, 2_000_010).forEach(expected::add);
    assertThat(fixture.ids(result)).isEqualTo(expected);
    assertThat(fixture.database().dataFiles("view")).hasSize(3);
  }

  @Test
  void rulesAreTriedInOrderByClassAndMessageOfTheErrorOrItsCauses() {
    ErrorPolicy policy =
        policy(
            ErrorRule.fail(FileNotFoundException.class),
            ErrorRule.skip(IOException.class).withMatch("gone|away"),
            RETRY.withMaxAttempts(2),
            ErrorRule.skip(IllegalStateException.class));
    AtomicInteger calls = new AtomicInteger();
    play(
        policy,
        (source, out) -> {
          calls.incrementAndGet();
          yieldTen(source, out);
          switch ((int) key(source)) {
            case 0 -> throw new IOException("it went away");
            case 1 -> throw new IllegalArgumentException(new IOException("gone"));
            case 2 -> throw new IllegalStateException("used up, then skipped");
            default -> {}
          }
        });

    TaskResult result = fixture.run(4);

    assertThat(calls).hasValue(5);
    assertThat(partitions(result))
        .extracting(PartitionResult::attempts)
        .containsExactly(1, 1, 2, 1);
    assertThat(partitions(result))
        .extracting(partition -> partition.skippedBecause().orElse("-"))
        .containsExactly(
            "java.io.IOException: it went away",
            "java.lang.IllegalArgumentException: java.io.IOException: gone",
            "java.lang.IllegalStateException: used up, then skipped",
            "-");
    assertThat(fixture.ids(result)).isEqualTo(LongStream.range(30, 40).boxed().toList());
    assertThat(result.groups())
        .as("each that was left out is a group of its own")
        .hasSize(4)
        .filteredOn(group -> group.files().isEmpty())
        .hasSize(3);
  }

  @Test
  void whatNoRuleAllowsFailsWithThePartitionAndTheCause() {
    IOException cause = new IOException("disk on fire");
    play(
        policy(RETRY.withMaxAttempts(2)),
        (source, out) -> {
          if (key(source) == 1) {
            throw cause;
          }
        });

    assertThatThrownBy(() -> fixture.run(3))
        .isInstanceOfSatisfying(
            PartitionFailedException.class,
            e -> {
              assertThat(e.attempts()).isEqualTo(2);
              assertThat(e.partition()).contains(new PartitionKey.Value("part", 1));
            })
        .hasMessage(
            "scripted on partition part = 1 failed after 2 attempts: java.io.IOException: disk on fire")
        .hasCause(cause);
    assertThat(ScriptedUdtf.called()).hasSize(3);
  }

  @Test
  void skipLimitsHoldForTheWholeRefresh() {
    play(
        policy(ErrorRule.skip().withSkipLimits(2, 1.0)),
        (source, out) -> {
          throw new IOException("always");
        });

    assertThatThrownBy(() -> fixture.run(4))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("allows no more partitions to be skipped")
        .hasMessageContaining("part = 2");

    play(
        policy(ErrorRule.skip().withSkipLimits(-1, 0.5)),
        (source, out) -> {
          if (key(source) < 2) {
            throw new IOException("half of them");
          }
        });
    assertThat(partitions(fixture.run(4))).hasSize(4);
  }

  @Test
  void aBatchThatDoesNotFitIsAnErrorOfThePartitionAndItsPolicy() {
    play(ErrorPolicy.failFast(), TaskRunnerTest::yieldWithoutName);
    assertThatThrownBy(() -> fixture.run(1))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessage(
            "Batch 1 of scripted on partition part = 0: must have 2 columns [id, name], not 1 [id].");

    play(ErrorPolicy.skipOnError(), TaskRunnerTest::yieldWithoutName);
    assertThat(partitions(fixture.run(1)).get(0).skippedBecause()).isPresent();
  }

  @Test
  void aBatchThatWasRefusedIsNotForgottenWhenTheFunctionGoesOn() {
    play(
        ErrorPolicy.failFast(),
        (source, out) -> {
          yieldTen(source, out);
          try {
            yieldWithoutName(source, out);
          } catch (RuntimeException e) {
            // and on it goes
          }
        });

    assertThatThrownBy(() -> fixture.run(1))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageStartingWith("Batch 3 of scripted on partition part = 0: ");
  }

  @Test
  void theStoragesFailuresAreNoBusinessOfThePolicy() throws IOException {
    Files.writeString(fixture.database().table("view").resolve("data"), "in the way");
    play(ErrorPolicy.skipOnError(), TaskRunnerTest::yieldTen);

    assertThatThrownBy(() -> fixture.run(1))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("writing data files of 'view'");
    assertThat(ScriptedUdtf.called()).hasSize(1);
  }

  @Test
  void cancellationEndsTheWaitForTheNextAttempt() {
    Duration long_ = Duration.ofHours(1);
    play(
        policy(ErrorRule.retry().withBackoff(Backoff.FIXED, long_, long_, false)),
        (source, out) -> {
          new Thread(fixture.cancellation()::request).start();
          throw new IOException("once");
        });

    assertThatThrownBy(() -> fixture.run(1)).isInstanceOf(RefreshCancelledException.class);
  }

  @Test
  void anInterruptEndsTheWaitForTheNextAttempt() {
    Duration long_ = Duration.ofHours(1);
    Thread caller = Thread.currentThread();
    play(
        policy(ErrorRule.retry().withBackoff(Backoff.FIXED, long_, long_, false)),
        (source, out) -> {
          Thread interrupter =
              new Thread(
                  () -> {
                    while (caller.getState() != Thread.State.TIMED_WAITING) {
                      Thread.onSpinWait();
                    }
                    caller.interrupt();
                  });
          interrupter.setDaemon(true);
          interrupter.start();
          throw new IOException("once");
        });

    assertThatThrownBy(() -> fixture.run(1))
        .isInstanceOf(RefreshCancelledException.class)
        .hasMessage("Interrupted while waiting to try again.");
    assertThat(Thread.interrupted()).isTrue();
  }

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

  private static List<PartitionResult> partitions(TaskResult result) {
    return result.groups().stream().flatMap(group -> group.partitions().stream()).toList();
  }

  private static void play(ErrorPolicy policy, dev.geneva.udtf.BatchUdtf script) {
    ScriptedUdtf.play(policy, script);
  }

  private static ErrorPolicy policy(ErrorRule... rules) {
    return new ErrorPolicy(Stream.of(rules).toList());
  }

  private static long key(UdtfSource source) {
    PartitionKey.Value key = (PartitionKey.Value) source.partition().orElseThrow();
    return ((Integer) key.value()).longValue();
  }

  /** Ten rows in two batches: the partition's own. */
  private static void yieldTen(UdtfSource source, BatchCollector out) {
    long begin = key(source) * 10;
    for (int i = 0; i < 2; i++) {
      try (VectorSchemaRoot batch = RunFixture.batch(source.allocator(), begin + i * 5L, 5)) {
        out.collect(batch);
      }
    }
  }

  private static void yieldRows(BatchCollector out, long begin, int rows, UdtfSource source) {
    for (int row = 0; row < rows; row += 10_000) {
      try (VectorSchemaRoot batch =
          RunFixture.batch(source.allocator(), begin + row, Math.min(10_000, rows - row))) {
        out.collect(batch);
      }
    }
  }

  private static void yieldWithoutName(UdtfSource source, BatchCollector out) {
    try (VectorSchemaRoot batch = RunFixture.batch(source.allocator(), 0, 5)) {
      VectorSchemaRoot ids =
          new VectorSchemaRoot(
              new Schema(batch.getSchema().getFields().subList(0, 1)),
              batch.getFieldVectors().subList(0, 1),
              5);
      out.collect(ids);
    }
  }
}
