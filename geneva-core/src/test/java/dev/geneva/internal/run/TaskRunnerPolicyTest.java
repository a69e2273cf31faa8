package dev.geneva.internal.run;

import static dev.geneva.internal.run.Scripts.RETRY;
import static dev.geneva.internal.run.Scripts.key;
import static dev.geneva.internal.run.Scripts.partitions;
import static dev.geneva.internal.run.Scripts.play;
import static dev.geneva.internal.run.Scripts.policy;
import static dev.geneva.internal.run.Scripts.yieldRows;
import static dev.geneva.internal.run.Scripts.yieldTen;
import static dev.geneva.internal.run.Scripts.yieldWithoutName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.PartitionFailedException;
import dev.geneva.RefreshCancelledException;
import dev.geneva.SchemaMismatchException;
import dev.geneva.StorageException;
import dev.geneva.udtf.Backoff;
import dev.geneva.udtf.ErrorPolicy;
import dev.geneva.udtf.ErrorRule;
import dev.geneva.udtf.PartitionKey;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from an error, and what is left of the attempts that failed. */
class TaskRunnerPolicyTest {

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
    play(ErrorPolicy.failFast(), Scripts::yieldWithoutName);
    assertThatThrownBy(() -> fixture.run(1))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessage(
            "Batch 1 of scripted on partition part = 0: must have 2 columns [id, name], not 1 [id].");

    play(ErrorPolicy.skipOnError(), Scripts::yieldWithoutName);
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
    play(ErrorPolicy.skipOnError(), Scripts::yieldTen);

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
}
