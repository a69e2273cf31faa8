package dev.geneva.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.geneva.PartitionFailedException;
import dev.geneva.RefreshCancelledException;
import dev.geneva.internal.partition.Assignment;
import dev.geneva.internal.partition.ColumnPartitioner;
import dev.geneva.internal.plan.Job;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.plan.Pass;
import dev.geneva.internal.plan.Task;
import dev.geneva.internal.query.QueryScan;
import dev.geneva.internal.query.QuerySpec;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.ErrorPolicy;
import java.lang.Thread.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Tasks whose rows are read together: each of the source's rows is a partition. */
@Isolated("the script is one for all")
class PassTest {

  private static final int TASK = 10;

  @TempDir Path folder;

  private RunFixture fixture;
  private Assignment assignment;

  @BeforeEach
  void open() throws Exception {
    fixture = new RunFixture(folder);
    try (ArrowReader ids =
        QueryScan.of(fixture.workplace(1).source(), QuerySpec.all("source", null))
            .restrictedTo(List.of("id"), "")
            .batches(100, fixture.batches())) {
      assignment = ColumnPartitioner.partition("id", ids);
    }
  }

  /** Finds memory that a run has left. */
  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void eachTaskSeesItsShareOfTheRows() {
    ConcurrentLinkedQueue<Long> seen = new ConcurrentLinkedQueue<>();

    List<FileGroup> groups =
        run(passes(10), 2, (source, out) -> seen.add(onlyId(source.toArrow())));

    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, RunFixture.ROWS).boxed().toList());
    assertThat(groups.stream().flatMap(group -> group.partitions().stream()))
        .extracting(result -> result.partition().ordinal())
        .containsExactlyElementsOf(IntStream.range(0, RunFixture.ROWS).boxed().toList());
  }

  @Test
  void aThirdPassIsReadOnceTheFirstHasBeenReleased() throws Exception {
    List<Pass> passes = passes(10);
    TaskRunner runner = new TaskRunner(job(), workplace());
    try (PassSchedule schedule = new PassSchedule(passes, 100)) {
      List<PassSchedule.Execute> ofTheFirst = begin(schedule, runner, passes.get(0));
      long one = fixture.batches().getAllocatedMemory();
      List<PassSchedule.Execute> ofTheSecond = begin(schedule, runner, passes.get(1));
      assertThat(fixture.batches().getAllocatedMemory()).isGreaterThan(one);

      FutureTask<Optional<PassSchedule.Work>> third = new FutureTask<>(schedule::next);
      Thread waiting = new Thread(third, "waiting");
      waiting.start();
      await().atMost(30, TimeUnit.SECONDS).until(() -> waiting.getState() == State.WAITING);
      ofTheSecond.subList(1, 10).forEach(schedule::called);
      ofTheFirst.subList(1, 10).forEach(schedule::called);
      assertThat(third).isNotDone();
      long two = fixture.batches().getAllocatedMemory();

      schedule.called(ofTheFirst.get(0));

      assertThat(third.get(30, TimeUnit.SECONDS)).contains(new PassSchedule.Read(passes.get(2)));
      assertThat(fixture.batches().getAllocatedMemory()).isEqualTo(two - one);
      waiting.join();
    }
    assertThat(fixture.batches().getAllocatedMemory()).as("the second's, too").isZero();
  }

  /** Reads the next pass and begins its tasks. */
  private static List<PassSchedule.Execute> begin(
      PassSchedule schedule, TaskRunner runner, Pass pass) {
    assertThat(schedule.next()).contains(new PassSchedule.Read(pass));
    schedule.add(pass, runner.read(pass.tasks()));
    List<PassSchedule.Execute> begun = new ArrayList<>();
    for (int i = 0; i < pass.tasks().size(); i++) {
      begun.add((PassSchedule.Execute) schedule.next().orElseThrow());
    }
    return begun;
  }

  @Test
  void aFunctionMayChangeWhatItGotAndAnotherAttemptSeesTheSourcesRowsAgain() {
    ConcurrentLinkedQueue<Long> seen = new ConcurrentLinkedQueue<>();
    BatchUdtf script =
        (source, out) -> {
          try (VectorSchemaRoot rows = source.toArrow()) {
            BigIntVector ids = (BigIntVector) rows.getVector("id");
            seen.add(ids.get(0));
            ids.set(0, -1);
          }
          if (seen.stream().filter(id -> id == 7).count() == 1) {
            throw new IllegalStateException("the first attempt fails");
          }
        };
    play(Scripts.policy(Scripts.RETRY), script);

    runPlayed(passes(100).subList(0, 1), 1);

    assertThat(seen).filteredOn(id -> id == 7).hasSize(2);
    assertThat(seen).doesNotContain(-1L);
  }

  @Test
  void aFailureReleasesTheRowsOfAllPassesAndReadsNoOther() {
    ConcurrentLinkedQueue<Long> seen = new ConcurrentLinkedQueue<>();

    assertThatThrownBy(
            () ->
                run(
                    passes(5),
                    2,
                    (source, out) -> {
                      seen.add(onlyId(source.toArrow()));
                      throw new IllegalStateException("on purpose");
                    }))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("on purpose");

    assertThat(seen).hasSizeLessThanOrEqualTo(2);
    assertThat(fixture.batches().getAllocatedMemory()).isZero();
  }

  @Test
  void aCancelledTaskReleasesTheRowsOfItsPass() {
    assertThatThrownBy(
            () ->
                run(
                    passes(5),
                    2,
                    (source, out) -> {
                      fixture.cancellation().request();
                      source.toArrow().close();
                    }))
        .isInstanceOf(RefreshCancelledException.class);

    assertThat(fixture.batches().getAllocatedMemory()).isZero();
  }

  @Test
  void ofThoseThatAreThereTheLargestTaskIsFirst() {
    List<Task> tasks = List.of(task(0, 0, 5), task(1, 5, 20), task(2, 20, 30));
    ConcurrentLinkedQueue<Long> seen = new ConcurrentLinkedQueue<>();

    run(List.of(new Pass(tasks)), 1, (source, out) -> seen.add(onlyId(source.toArrow())));

    assertThat(seen)
        .startsWith(LongStream.range(5, 20).boxed().toArray(Long[]::new))
        .endsWith(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void aStreamedPartitionRunsBesideThePassThatIsRead() {
    CountDownLatch both = new CountDownLatch(2);
    Task streamed = new Task(0, List.of(partition(0)), true);
    List<Pass> passes = List.of(Pass.of(streamed), new Pass(List.of(task(1, 1, 2))));

    run(
        passes,
        2,
        (source, out) -> {
          both.countDown();
          assertThat(both.await(30, TimeUnit.SECONDS)).as("both at a time").isTrue();
          onlyId(source.toArrow());
        });
  }

  /** All rows, in tasks of ten partitions. */
  private List<Pass> passes(int tasksPerPass) {
    List<Pass> passes = new ArrayList<>();
    List<Task> tasks = new ArrayList<>();
    for (int row = 0; row < RunFixture.ROWS; row += TASK) {
      tasks.add(task(row / TASK, row, row + TASK));
      if (tasks.size() == tasksPerPass || row + TASK == RunFixture.ROWS) {
        passes.add(new Pass(tasks));
        tasks = new ArrayList<>();
      }
    }
    return passes;
  }

  private Task task(int ordinal, int from, int to) {
    List<Partition> partitions = new ArrayList<>();
    for (int i = from; i < to; i++) {
      partitions.add(partition(i));
    }
    return new Task(ordinal, partitions, false);
  }

  private Partition partition(int ordinal) {
    return new Partition(ordinal, Optional.of(assignment.keys().get(ordinal)), 1);
  }

  private List<FileGroup> run(List<Pass> passes, int concurrency, BatchUdtf script) {
    play(ErrorPolicy.failFast(), script);
    return runPlayed(passes, concurrency);
  }

  private static void play(ErrorPolicy policy, BatchUdtf script) {
    Scripts.play(policy, script);
  }

  private List<FileGroup> runPlayed(List<Pass> passes, int concurrency) {
    return new LocalTaskEngine().run(job(), passes, concurrency, workplace());
  }

  private Job job() {
    return new Job(
        "refresh",
        "view",
        QuerySpec.all("source", null),
        fixture.workplace(1).source().version(),
        List.of(),
        ScriptedUdtf.class.getName(),
        "{}",
        null);
  }

  private Workplace workplace() {
    return fixture.workplace(RunFixture.ROWS, Optional.of(assignment.ordinals()));
  }

  private static long onlyId(VectorSchemaRoot rows) {
    try (rows) {
      assertThat(rows.getRowCount()).isEqualTo(1);
      return ((BigIntVector) rows.getVector("id")).get(0);
    }
  }
}
