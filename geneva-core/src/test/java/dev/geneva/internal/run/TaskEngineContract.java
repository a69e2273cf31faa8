package dev.geneva.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.geneva.PartitionFailedException;
import dev.geneva.RefreshCancelledException;
import dev.geneva.ViewOptions;
import dev.geneva.internal.descriptor.UdtfBinding;
import dev.geneva.internal.fixture.IdRows;
import dev.geneva.internal.fixture.TestDatabase;
import dev.geneva.internal.lance.LanceDataset;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.query.QuerySpec;
import dev.geneva.internal.view.StoredView;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.PartitionKey;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link TaskEngine} does. */
abstract class TaskEngineContract {

  private static final Map<String, BatchUdtf> SCRIPTS = new ConcurrentHashMap<>();
  private static final int ROWS = 500;

  @TempDir Path folder;

  private final Cancellation cancellation = new Cancellation();
  private TestDatabase database;
  private LanceDataset source;

  /** The engine. */
  abstract TaskEngine engine();

  /** Whatever must be true when nothing of a run is left. */
  abstract void requireNothingRuns();

  /** Does what a test says. */
  @Udtf(outputSchema = "schema")
  record Scripted(String script) implements BatchUdtf {
    static Schema schema() {
      return IdRows.SCHEMA;
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      SCRIPTS.get(script).process(source, out);
    }
  }

  @BeforeEach
  void createTables() {
    database = new TestDatabase(folder);
    database.create("source", 0, ROWS);
    StoredView definition =
        StoredView.of(
            QuerySpec.all("source", null),
            UdtfBinding.of(new Scripted("")),
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
    List<TaskResult> results = run(7, 3, TaskEngineContract::copy);
    assertThat(results.stream().map(result -> result.task().ordinal()))
        .containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(results)
        .allSatisfy(
            result -> {
              PartitionResult partition = result.groups().get(0).partitions().get(0);
              assertThat(partition.rowsRead()).isEqualTo(ROWS);
              assertThat(partition.rowsWritten()).isEqualTo(ROWS);
              assertThat(result.groups().get(0).files()).hasSize(1);
            });
  }

  @Test
  void noMoreTasksRunAtATimeThanAllowed() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    run(
        8,
        2,
        (rows, out) -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          two.countDown();
          assertThat(two.await(30, TimeUnit.SECONDS)).as("two at a time").isTrue();
          running.decrementAndGet();
        });
    assertThat(most).hasValue(2);
  }

  @Test
  void theFirstFailureIsThrownAndNoOtherTaskIsBegun() {
    AtomicInteger calls = new AtomicInteger();
    assertThatThrownBy(
            () ->
                run(
                    50,
                    1,
                    (rows, out) -> {
                      if (calls.incrementAndGet() == 3) {
                        throw new IOException("the third fails");
                      }
                      copy(rows, out);
                    }))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("the third fails")
        .hasCauseInstanceOf(IOException.class);
    assertThat(calls).hasValue(3);
  }

  @Test
  void ofTwoFailuresTheOneThatCameFirstIsThrownAndTheOtherIsSuppressed() {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Thread> failed = new AtomicReference<>();
    assertThatThrownBy(
            () ->
                run(
                    2,
                    2,
                    (rows, out) -> {
                      if (rows.partition().equals(key(1))) {
                        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
                        failed.set(Thread.currentThread());
                        throw new IOException("the second task fails first");
                      }
                      begun.countDown();
                      await().until(() -> failed.get() != null && isIdle(failed.get()));
                      throw new IOException("the first task fails later");
                    }))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("the second task fails first")
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .hasSize(1)
                    .allSatisfy(other -> assertThat(other).hasMessageContaining("fails later")));
  }

  private static boolean isIdle(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TERMINATED;
  }

  @Test
  void tasksThatWereBegunBeforeAFailureAreLeftToEnd() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch failing = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    assertThatThrownBy(
            () ->
                run(
                    2,
                    2,
                    (rows, out) -> {
                      if (rows.partition().equals(key(0))) {
                        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
                        failing.countDown();
                        throw new IOException("fails");
                      }
                      begun.countDown();
                      assertThat(failing.await(30, TimeUnit.SECONDS)).isTrue();
                      copy(rows, out);
                      ended.set(true);
                    }))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("fails");
    assertThat(ended).isTrue();
  }

  @Test
  void theMemoryOfARunIsGivenBack() {
    long before = database.allocator().getAllocatedMemory();
    run(5, 3, TaskEngineContract::copy);
    assertThat(database.allocator().getAllocatedMemory()).isEqualTo(before);
  }

  @Test
  void aCallerThatIsInterruptedAlreadyIsCancelled() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(
              () ->
                  run(
                      1,
                      1,
                      (rows, out) -> {
                        await().until(cancellation::isRequested);
                        copy(rows, out);
                      }))
          .isInstanceOf(RefreshCancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }
  }

  @Test
  void errorsAreFailuresToo() {
    assertThatThrownBy(
            () ->
                run(
                    1,
                    1,
                    (rows, out) -> {
                      throw new StackOverflowError("deep");
                    }))
        .isInstanceOf(PartitionFailedException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  void aFailureInTheMiddleOfTheOutputLeavesNoMemoryBehind() {
    assertThatThrownBy(
            () ->
                run(
                    4,
                    2,
                    (rows, out) -> {
                      ArrowReader left = rows.toBatches(10);
                      for (int i = 0; i < 20; i++) {
                        left.loadNextBatch();
                        out.collect(left.getVectorSchemaRoot());
                      }
                      throw new IllegalStateException("with a reader open");
                    }))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("with a reader open");
  }

  @Test
  void cancellationStopsAtTheNextBatch() {
    assertThatThrownBy(
            () ->
                run(
                    3,
                    1,
                    (rows, out) -> {
                      cancellation.request();
                      copy(rows, out);
                    }))
        .isInstanceOf(RefreshCancelledException.class);
  }

  @Test
  void aCancellationThatTheFunctionSwallowsStillIsOne() {
    assertThatThrownBy(
            () ->
                run(
                    1,
                    1,
                    (rows, out) -> {
                      cancellation.request();
                      try {
                        copy(rows, out);
                      } catch (RefreshCancelledException e) {
                        throw new IllegalArgumentException("something else", e);
                      }
                    }))
        .isInstanceOf(RefreshCancelledException.class);
  }

  @Test
  void anInterruptOfTheCallerCancelsAndIsKept() {
    Thread caller = Thread.currentThread();
    try {
      assertThatThrownBy(
              () ->
                  run(
                      2,
                      1,
                      (rows, out) -> {
                        caller.interrupt();
                        while (!cancellation.isRequested()) {
                          Thread.onSpinWait();
                        }
                        copy(rows, out);
                      }))
          .isInstanceOf(RefreshCancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }
  }

  @Test
  void theFunctionSeesTheCallersClassLoader() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    ClassLoader own = new ClassLoader(before) {};
    try {
      Thread.currentThread().setContextClassLoader(own);
      run(
          1,
          1,
          (rows, out) -> assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(own));
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static void copy(UdtfSource rows, BatchCollector out) throws Exception {
    try (ArrowReader reader = rows.toBatches(100)) {
      while (reader.loadNextBatch()) {
        out.collect(reader.getVectorSchemaRoot());
      }
    }
  }

  private static Optional<PartitionKey> key(int number) {
    return Optional.of(new PartitionKey.Value("task", number));
  }

  /** Runs tasks that each see all rows; their partitions' keys are their numbers. */
  private List<TaskResult> run(int tasks, int concurrency, BatchUdtf script) {
    SCRIPTS.put("script", script);
    UdtfBinding udtf = UdtfBinding.of(new Scripted("script"));
    Job job =
        new Job(
            "refresh",
            "view",
            QuerySpec.all("source", null),
            source.version(),
            List.of(),
            Scripted.class.getName(),
            udtf.parameters(),
            null);
    List<Task> all =
        IntStream.range(0, tasks)
            .mapToObj(i -> new Task(i, List.of(new Partition(i, key(i), ROWS)), true))
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
            Checkpoints.NONE,
            cancellation);
    return engine().run(job, all, concurrency, workplace);
  }
}
