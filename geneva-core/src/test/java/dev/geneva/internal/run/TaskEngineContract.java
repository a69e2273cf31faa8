package dev.geneva.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.geneva.CheckpointPolicy;
import dev.geneva.PartitionFailedException;
import dev.geneva.RefreshCancelledException;
import dev.geneva.ViewOptions;
import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.descriptor.UdtfBinding;
import dev.geneva.internal.fixture.TestDatabase;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.plan.Pass;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.query.QuerySpec;
import dev.geneva.internal.run.Scene.Script;
import dev.geneva.internal.view.StoredView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link TaskEngine} does. */
public abstract class TaskEngineContract {

  private static final int ROWS = 500;

  @TempDir Path folder;

  private final Cancellation cancellation = new Cancellation();
  private final AttemptWatch watch =
      new AttemptWatch("view", cancellation, Optional.empty(), Optional.empty());

  private Signals signals;
  private TestDatabase database;
  private LanceDataset source;

  /**
   * The engine.
   *
   * @param database the database that its tasks read and write
   */
  protected abstract TaskEngine engine(Path database);

  /** Whatever must be true when nothing of a run is left. */
  protected abstract void requireNothingRuns();

  @BeforeEach
  void createTables() throws IOException {
    signals = new Signals(Files.createDirectory(folder.resolve("signals")));
    database = new TestDatabase(folder.resolve("db"));
    database.create("source", 0, ROWS);
    StoredView definition =
        StoredView.of(
            QuerySpec.all("source", null),
            UdtfBinding.of(new Scene("COPY", "")),
            ViewOptions.ofDefaults());
    database.storage().create("view", definition.datasetSchema());
    source = database.storage().open("source", OptionalLong.empty());
  }

  @AfterEach
  void closeAll() {
    requireNothingRuns();
    source.close();
    database.close(); // finds memory that a run has left
  }

  @Test
  void allTasksRunAndResultsStandInTheirOrder() {
    List<FileGroup> groups = run(7, 3, Script.COPY);
    assertThat(groups.stream().map(FileGroup::first)).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(groups)
        .allSatisfy(
            group -> {
              PartitionResult partition = group.partitions().get(0);
              assertThat(partition.rowsRead()).isEqualTo(ROWS);
              assertThat(partition.rowsWritten()).isEqualTo(ROWS);
              assertThat(group.files()).hasSize(1);
            });
  }

  @Test
  void whatIsDurableIsReportedBeforeTheRunEnds() {
    List<DurableBatches> durable = Collections.synchronizedList(new ArrayList<>());
    List<FileGroup> finished = Collections.synchronizedList(new ArrayList<>());
    Checkpoints checkpoints =
        new Checkpoints() {
          @Override
          public CheckpointPolicy policy() {
            return CheckpointPolicy.everyBatch();
          }

          @Override
          public void durable(Partition partition, DurableBatches more) {
            durable.add(more);
          }

          @Override
          public void finished(FileGroup group) {
            finished.add(group);
          }

          @Override
          public void dropped(Partition partition, List<StagedFile> files) {
            throw new AssertionError("nothing was dropped");
          }
        };
    run(2, 2, Script.COPY, checkpoints);
    assertThat(durable.stream().mapToLong(DurableBatches::rows).sum()).isEqualTo(2 * ROWS);
    assertThat(finished.stream().flatMap(group -> group.partitions().stream()))
        .extracting(result -> result.partition().key())
        .containsExactlyInAnyOrder(Scene.key(0), Scene.key(1));
  }

  @Test
  void noMoreTasksRunAtATimeThanAllowed() {
    run(8, 2, Script.MEET);
    assertThat(signals.count("most2")).isPositive();
    assertThat(signals.count("most3")).isZero();
    assertThat(signals.count("running")).isZero();
  }

  @Test
  void theFirstFailureIsThrownAndNoOtherTaskIsBegun() {
    assertThatThrownBy(() -> run(50, 1, Script.FAIL_THIRD))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("the third fails")
        .hasCauseInstanceOf(IOException.class);
    assertThat(signals.count("called")).isEqualTo(3);
  }

  @Test
  void theFailureNamesItsPartitionAndAttempts() {
    assertThatThrownBy(() -> run(3, 1, Script.FAIL_THIRD))
        .isInstanceOfSatisfying(
            PartitionFailedException.class,
            e -> {
              assertThat(e.partition()).isEqualTo(Scene.key(2));
              assertThat(e.attempts()).isEqualTo(1);
            });
  }

  @Test
  void ofTwoFailuresTheOneThatCameFirstIsThrownAndTheOtherIsSuppressed() {
    assertThatThrownBy(() -> run(2, 2, Script.FAIL_SECOND_FIRST))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("the second task fails first")
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .hasSize(1)
                    .allSatisfy(other -> assertThat(other).hasMessageContaining("fails later")));
  }

  @Test
  void tasksThatWereBegunBeforeAFailureAreLeftToEnd() {
    assertThatThrownBy(() -> run(2, 2, Script.FAIL_WHILE_ANOTHER_RUNS))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("fails");
    assertThat(signals.count("ended")).isEqualTo(1);
  }

  @Test
  void theMemoryOfARunIsGivenBack() {
    long before = database.allocator().getAllocatedMemory();
    run(5, 3, Script.COPY);
    assertThat(database.allocator().getAllocatedMemory()).isEqualTo(before);
  }

  @Test
  void errorsAreFailuresToo() {
    assertThatThrownBy(() -> run(1, 1, Script.OVERFLOW_STACK))
        .isInstanceOf(PartitionFailedException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  void aFailureInTheMiddleOfTheOutputLeavesNoMemoryBehind() {
    assertThatThrownBy(() -> run(4, 2, Script.FAIL_WITH_READER_OPEN))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("with a reader open");
  }

  @Test
  void aCallerThatIsInterruptedAlreadyIsCancelled() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> run(1, 1, Script.YIELD_FOREVER))
          .isInstanceOf(RefreshCancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }
  }

  @Test
  void cancellationStopsAtTheNextBatch() throws InterruptedException {
    Thread canceller = whenYielding(cancellation::request);
    assertThatThrownBy(() -> run(3, 1, Script.YIELD_FOREVER))
        .isInstanceOf(RefreshCancelledException.class);
    canceller.join();
    assertThat(signals.count("called")).isEqualTo(1);
  }

  @Test
  void aCancellationThatTheFunctionSwallowsStillIsOne() throws InterruptedException {
    Thread canceller = whenYielding(cancellation::request);
    assertThatThrownBy(() -> run(1, 1, Script.SWALLOW_STOP))
        .isInstanceOf(RefreshCancelledException.class);
    canceller.join();
  }

  @Test
  void anInterruptOfTheCallerCancelsAndIsKept() throws InterruptedException {
    Thread canceller = whenYielding(Thread.currentThread()::interrupt);
    try {
      assertThatThrownBy(() -> run(2, 1, Script.YIELD_FOREVER))
          .isInstanceOf(RefreshCancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }
    canceller.join();
  }

  /** Cancels a run as soon as something is true, however far the run is. */
  protected final void cancelOnce(BooleanSupplier isTrue) throws InterruptedException {
    Thread canceller =
        when(
            () -> await().pollInterval(Duration.ofMillis(10)).until(isTrue::getAsBoolean),
            cancellation::request);
    assertThatThrownBy(() -> run(1, 1, Script.YIELD_FOREVER))
        .isInstanceOf(RefreshCancelledException.class);
    canceller.join();
  }

  private Thread whenYielding(Runnable action) {
    return when(() -> signals.await("yielding"), action);
  }

  /** Something to wait for. */
  private interface Wait {
    void end() throws InterruptedException;
  }

  private static Thread when(Wait wait, Runnable action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                wait.end();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              action.run();
            });
    thread.start();
    return thread;
  }

  private List<FileGroup> run(int tasks, int concurrency, Script script) {
    return run(tasks, concurrency, script, Checkpoints.NONE);
  }

  /** Runs tasks that each see all rows; their partitions' keys are their numbers. */
  private List<FileGroup> run(int tasks, int concurrency, Script script, Checkpoints checkpoints) {
    UdtfBinding udtf = UdtfBinding.of(new Scene(script.name(), signals.folder().toString()));
    Job job =
        new Job(
            "refresh",
            "view",
            QuerySpec.all("source", null),
            source.version(),
            List.of(),
            Scene.class.getName(),
            udtf.parameters(),
            null);
    List<Pass> all =
        IntStream.range(0, tasks)
            .mapToObj(
                i -> Pass.of(new Task(i, List.of(new Partition(i, Scene.key(i), ROWS)), true)))
            .toList();
    Workplace workplace =
        new Workplace(
            Optional.empty(),
            database.storage(),
            source,
            database.allocator(),
            false,
            new Counters(),
            new SkipCount(tasks),
            checkpoints,
            watch,
            cancellation);
    return engine(folder.resolve("db")).run(job, all, concurrency, workplace);
  }
}
