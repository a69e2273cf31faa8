package dev.geneva.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.PartitionFailedException;
import dev.geneva.RefreshInProgressException;
import dev.geneva.internal.fixture.IdRows;
import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.plan.Pass;
import dev.geneva.internal.plan.Task;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.ErrorRule;
import dev.geneva.udtf.PartitionKey;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What few rows of several tasks become. */
class CommonFilesTest {

  private static final int PARTITIONS = 40;
  private static final int TASK = 10;

  @TempDir Path folder;
  private RunFixture fixture;
  private final AtomicLong now = new AtomicLong();
  private final List<FileGroup> finished = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void open() {
    fixture = new RunFixture(folder);
  }

  /** Finds memory that a run has left. */
  @AfterEach
  void close() {
    fixture.close();
  }

  private static Partition partition(int ordinal) {
    return new Partition(
        ordinal, Optional.of(new PartitionKey.Value("part", ordinal)), RunFixture.ROWS);
  }

  private static List<Integer> ordinals(FileGroup group) {
    return group.partitions().stream().map(result -> result.partition().ordinal()).toList();
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  /** Runs tasks of ten partitions each, but for those that are left out. */
  private List<FileGroup> run(BatchUdtf script, Checkpoints checkpoints, Integer... without) {
    Scripts.play(Scripts.policy(ErrorRule.skip(IllegalArgumentException.class)), script);
    List<Pass> passes = new ArrayList<>();
    for (int i = 0; i < PARTITIONS / TASK; i++) {
      List<Partition> partitions =
          IntStream.range(i * TASK, (i + 1) * TASK)
              .filter(ordinal -> !List.of(without).contains(ordinal))
              .mapToObj(CommonFilesTest::partition)
              .toList();
      passes.add(Pass.of(new Task(i, partitions, true)));
    }
    return new LocalTaskEngine(now::get)
        .run(fixture.job(), passes, 2, fixture.workplace(PARTITIONS, checkpoints));
  }

  @Test
  void fewRowsOfAllTasksShareAFile() {
    List<FileGroup> groups = run(Scripts::yieldTen, Checkpoints.NONE);

    assertThat(groups).hasSize(1);
    assertThat(ordinals(groups.get(0))).isEqualTo(range(0, PARTITIONS));
    assertThat(groups.get(0).files()).hasSize(1);
    assertThat(fixture.ids(groups))
        .isEqualTo(LongStream.range(0, PARTITIONS * 10L).boxed().toList());
  }

  @Test
  void lateOnesHaveFilesOfTheirOwn() {
    List<FileGroup> groups =
        run(
            (source, out) -> {
              now.set(CommonFiles.EARLY_NANOS + 1);
              Scripts.yieldTen(source, out);
            },
            Checkpoints.NONE);

    assertThat(groups)
        .extracting(CommonFilesTest::ordinals)
        .containsExactly(range(0, 10), range(10, 20), range(20, 30), range(30, 40));
    assertThat(fixture.ids(groups))
        .isEqualTo(LongStream.range(0, PARTITIONS * 10L).boxed().toList());
  }

  @Test
  void withoutRowsThereIsNoFile() {
    List<FileGroup> groups = run((source, out) -> {}, Checkpoints.NONE);

    assertThat(groups).hasSize(1);
    assertThat(ordinals(groups.get(0))).isEqualTo(range(0, PARTITIONS));
    assertThat(groups.get(0).files()).isEmpty();
    assertThat(finished).isEmpty();
  }

  @Test
  void othersRowsFindTheirPlaceInAGap() {
    List<FileGroup> groups = run(Scripts::yieldTen, Checkpoints.NONE, 20);

    assertThat(groups)
        .extracting(CommonFilesTest::ordinals)
        .containsExactly(range(0, 20), range(21, PARTITIONS));
  }

  @Test
  void aSkippedPartitionIsAGroupOfItsOwn() {
    List<FileGroup> groups =
        run(
            (source, out) -> {
              if (Scripts.key(source) == 15) {
                throw new IllegalArgumentException("this one not");
              }
              Scripts.yieldTen(source, out);
            },
            Checkpoints.NONE);

    assertThat(groups)
        .extracting(CommonFilesTest::ordinals)
        .containsExactly(range(0, 10), range(10, 15), List.of(15), range(16, PARTITIONS));
    assertThat(groups.get(2).files()).isEmpty();
  }

  @Test
  void manyRowsAreWrittenByTheirTasks() {
    List<FileGroup> groups =
        run(
            (source, out) -> Scripts.yieldRows(out, Scripts.key(source) * 20_000, 20_000, source),
            Checkpoints.NONE);

    assertThat(groups.size()).isGreaterThan(1);
    assertThat(groups.stream().flatMap(group -> ordinals(group).stream()))
        .isEqualTo(range(0, PARTITIONS));
    assertThat(fixture.ids(groups))
        .isEqualTo(LongStream.range(0, PARTITIONS * 20_000L).boxed().toList());
  }

  @Test
  void whatWasFinishedBeforeAFailureIsWrittenAndReported() {
    assertThatThrownBy(() -> run(CommonFilesTest::failLast, new FinishedGroups(finished::add)))
        .isInstanceOf(PartitionFailedException.class);

    assertThat(finished.stream().flatMap(group -> ordinals(group).stream()))
        .containsExactlyInAnyOrderElementsOf(range(0, PARTITIONS - 1));
  }

  @Test
  void withoutCheckpointsNothingIsWrittenAfterAFailure() throws IOException {
    long before = files();
    assertThatThrownBy(() -> run(CommonFilesTest::failLast, Checkpoints.NONE))
        .isInstanceOf(PartitionFailedException.class)
        .hasNoSuppressedExceptions();
    assertThat(files()).isEqualTo(before);
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private static void failLast(UdtfSource source, BatchCollector out) {
    if (Scripts.key(source) == PARTITIONS - 1) {
      throw new IllegalStateException("the last one fails");
    }
    Scripts.yieldTen(source, out);
  }

  @Test
  void whatIsWrittenIsReported() {
    try (CommonFiles common = common();
        GatheredRows rows = rows()) {
      assertThat(common.take(rows, List.of(result(0)))).isTrue();
      List<FileGroup> groups = common.write();
      assertThat(fixture.ids(groups)).hasSize(10);
      assertThat(finished).isEqualTo(groups);
    }
  }

  @Test
  void whoHasLostTheRefreshWritesNothing() {
    try (CommonFiles common = common();
        GatheredRows rows = rows()) {
      assertThat(common.take(rows, List.of(result(0)))).isTrue();
      TaskRunner.keep(common::keep, new RefreshInProgressException("somebody else"));
      assertThat(finished).isEmpty();
    }
  }

  @Test
  void whatComesAfterTheEndIsNotTaken() {
    try (CommonFiles common = common();
        GatheredRows rows = rows()) {
      assertThat(common.write()).isEmpty();
      assertThat(common.take(rows, List.of(result(0)))).isFalse();
      assertThat(rows.finished()).isEqualTo(10);
    }
  }

  private CommonFiles common() {
    return new CommonFiles(
        fixture.workplace(1, new FinishedGroups(finished::add)), "view", now::get);
  }

  private GatheredRows rows() {
    GatheredRows rows = new GatheredRows(IdRows.SCHEMA, fixture.batches());
    try (VectorSchemaRoot batch = RunFixture.batch(fixture.batches(), 0, 10)) {
      rows.append(batch);
    }
    rows.finish();
    return rows;
  }

  private static PartitionResult result(int ordinal) {
    return new PartitionResult(partition(ordinal), 10, 10, 1, 1, Optional.empty());
  }
}
