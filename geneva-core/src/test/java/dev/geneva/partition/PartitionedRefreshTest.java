package dev.geneva.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.CheckpointPolicy;
import dev.geneva.Connection;
import dev.geneva.ExecutionMode;
import dev.geneva.Geneva;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.LocalCapacity;
import dev.geneva.PartitionFailedException;
import dev.geneva.RefreshOptions;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.udtf.PartitionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("the functions note their calls in one list")
class PartitionedRefreshTest {

  @TempDir Path database;

  private Connection connection;

  @BeforeEach
  void connect() {
    Partitioned.CALLS.clear();
    connection = Geneva.connect(database.toString());
  }

  @AfterEach
  void disconnect() {
    Partitioned.FAILING.clear();
    connection.close();
  }

  @Test
  void rowsStandInTheOrderOfKeysAndWithinAPartitionInTheSourcesOrder() {
    UdtfView view = view(table(10, 3), new Partitioned.ByK());
    RefreshReport report = view.refresh();
    assertThat(Keyed.placed(view))
        .containsExactly("0:0", "0:3", "0:6", "0:9", "1:1", "1:4", "1:7", "2:2", "2:5", "2:8");
    assertThat(report.mode()).isEqualTo(ExecutionMode.PARTITIONED_BY_COLUMN);
    assertThat(report.partitionsTotal()).isEqualTo(3);
    assertThat(report.partitionsRun()).isEqualTo(3);
    assertThat(report.rowsRead()).isEqualTo(10);
    assertThat(report.rowsWritten()).isEqualTo(10);
    assertThat(report.batchesWritten()).isEqualTo(4);
  }

  @Test
  void theQueryDefinesTheRowsWhichAreThenPartitioned() {
    Table source = table(20, 2);
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search().where("id >= 4").where("id <> 7").offset(1).limit(5),
            new Partitioned.ByK());
    view.refresh();
    assertThat(Keyed.placed(view)).containsExactly("0:6", "0:8", "0:10", "1:5", "1:9");
  }

  @Test
  void aQueryThatSortsIsRefusedAtCreate() {
    Table source = table(4, 2);
    assertThatThrownBy(
            () ->
                connection.createUdtfView(
                    "view", source.search().orderBy("id"), new Partitioned.ByK()))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("partitioned")
        .hasMessageContaining("orderBy");
  }

  @Test
  void manySmallPartitionsShareFewFiles() throws IOException {
    UdtfView view = view(table(20_000, 5_000), new Partitioned.ByK());
    RefreshReport report = view.refresh();
    assertThat(report.partitionsTotal()).isEqualTo(5_000);
    assertThat(view.countRows()).isEqualTo(20_000);
    assertThat(dataFiles()).isLessThanOrEqualTo(50);
  }

  @Test
  void theResultIsTheSameHoweverManyRunAtATime() {
    UdtfView view = view(table(5_000, 700), new Partitioned.ByK());
    view.refresh(RefreshOptions.builder().concurrency(1).build());
    List<String> alone = Keyed.placed(view);
    connection.dropUdtfView("view");
    UdtfView again =
        connection.createUdtfView(
            "view", connection.openTable("source").search(), new Partitioned.ByK());
    again.refresh();
    assertThat(Keyed.placed(again)).isEqualTo(alone);
  }

  @Test
  void aLargeOutputHasFilesOfItsOwnBetweenThoseOfItsNeighbours() {
    // Partition 1 yields 12 MiB, the others 1 MiB each.
    Table source =
        Keyed.table(
            connection,
            Keyed.key("k", new ArrowType.Int(64, true)),
            16,
            vector -> {
              for (int row = 0; row < 16; row++) {
                ((BigIntVector) vector).setSafe(row, row < 2 ? 0 : row < 14 ? 1 : row);
              }
            });
    UdtfView view = connection.createUdtfView("view", source.search(), new Partitioned.Widening());
    view.refresh(RefreshOptions.builder().concurrency(1).build());
    List<Partitioned.Wide> rows = view.search().records(Partitioned.Wide.class).toList();
    assertThat(rows.stream().map(Partitioned.Wide::id))
        .containsExactlyElementsOf(IntStream.range(0, 16).mapToObj(i -> (long) i).toList());
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.bytes()).hasSize(1 << 20);
              assertThat(row.bytes()[12345]).isEqualTo((byte) row.id());
            });
  }

  @Test
  void aPartitionThatDoesNotFitIntoMemoryIsStreamed() {
    connection.close();
    // A task may then hold 16 MiB, and one partition has 32 MiB of ids and keys.
    connection =
        Geneva.builder(database.toString())
            .localCapacity(new LocalCapacity(2, 0, 64 << 20))
            .connect();
    int rows = 2_000_000;
    Table source =
        Keyed.table(
            connection,
            Keyed.key("k", new ArrowType.Int(64, true)),
            rows,
            vector -> {
              for (int row = 0; row < rows; row++) {
                ((BigIntVector) vector).setSafe(row, row % 100 == 0 ? row % 500 : -1);
              }
            });
    UdtfView view = connection.createUdtfView("view", source.search(), new Sums.SumsByK());
    view.refresh();
    var counts =
        view.search()
            .records(Sums.Sum.class)
            .collect(Collectors.toMap(Sums.Sum::k, Sums.Sum::rows));
    assertThat(counts)
        .containsEntry(-1L, rows / 100L * 99)
        .containsEntry(0L, rows / 500L)
        .containsEntry(400L, rows / 500L)
        .hasSize(6);
  }

  @Test
  void aSourceWithoutRowsHasNoPartitions() {
    UdtfView view = view(table(0, 1), new Partitioned.ByK());
    assertThat(view.refresh().partitionsTotal()).isZero();
    assertThat(view.countRows()).isZero();
    assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);
  }

  @Test
  void aFailureNamesThePartitionAndLeavesTheViewAsItWas() throws IOException {
    Table source = table(10, 5);
    UdtfView view = view(source, new Partitioned.ByK());
    view.refresh();
    List<String> before = Keyed.placed(view);
    source.delete("id = 0");
    Partitioned.FAILING.add(7L);
    assertThatThrownBy(view::refresh)
        .isInstanceOfSatisfying(
            PartitionFailedException.class,
            e -> {
              assertThat(e.partition()).isEqualTo(Optional.of(new PartitionKey.Value("k", 2L)));
              assertThat(e.attempts()).isEqualTo(1);
              assertThat(e).hasMessageContaining("k = 2").hasMessageContaining("id 7 fails");
            });
    assertThat(Keyed.placed(view)).isEqualTo(before);
    Partitioned.FAILING.clear();
    assertThat(view.refresh().rowsWritten()).isEqualTo(9);
  }

  @Test
  void aRetriedPartitionStandsInTheViewOnce() {
    UdtfView view = view(table(9, 3), new Partitioned.FailingTwice(database.toString()));
    view.refresh();
    assertThat(Keyed.placed(view)).hasSize(9).doesNotHaveDuplicates();
  }

  @Test
  void aRetryThatIsUsedUpFails() {
    UdtfView view = view(table(4, 2), new Partitioned.Retrying());
    Partitioned.FAILING.add(2L);
    assertThatThrownBy(view::refresh)
        .isInstanceOfSatisfying(
            PartitionFailedException.class, e -> assertThat(e.attempts()).isEqualTo(3));
  }

  @Test
  void skippedPartitionIsRetriedByTheNextRefreshAndOnlyIt() {
    UdtfView view = view(table(12, 4), new Partitioned.Skipping());
    Partitioned.FAILING.addAll(List.of(1L, 2L));
    RefreshReport first = view.refresh();
    assertThat(first.partitionsSkipped()).hasSize(2);
    assertThat(first.partitionsSkipped().get(0).key()).isEqualTo("k = 1");
    assertThat(first.partitionsSkipped().get(0).attempts()).isEqualTo(1);
    assertThat(first.partitionsSkipped().get(0).cause()).contains("id 1 fails");
    assertThat(Keyed.placed(view)).containsExactly("0:0", "0:4", "0:8", "3:3", "3:7", "3:11");

    Partitioned.FAILING.remove(1L);
    Partitioned.CALLS.clear();
    assertThat(view.plan().toString())
        .contains("2 partitions were skipped")
        .contains("2 partitions in")
        .contains("2 others done already");
    RefreshReport second = view.refresh();
    assertThat(Partitioned.CALLS).containsExactlyInAnyOrder("1", "2");
    assertThat(second.partitionsRun()).isEqualTo(2);
    assertThat(second.partitionsReused()).isEqualTo(2);
    assertThat(second.partitionsSkipped()).hasSize(1);
    assertThat(Keyed.placed(view))
        .containsExactly("0:0", "0:4", "0:8", "1:1", "1:5", "1:9", "3:3", "3:7", "3:11");

    Partitioned.FAILING.clear();
    view.refresh();
    assertThat(Keyed.placed(view))
        .containsExactly(
            "0:0", "0:4", "0:8", "1:1", "1:5", "1:9", "2:2", "2:6", "2:10", "3:3", "3:7", "3:11");
    assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);
  }

  @Test
  void aChangedSourceRunsAllPartitionsAlsoAfterASkip() {
    Table source = table(12, 4);
    UdtfView view = view(source, new Partitioned.Skipping());
    Partitioned.FAILING.add(1L);
    view.refresh();
    Partitioned.FAILING.clear();
    source.delete("id = 0");
    assertThat(view.refresh().partitionsRun()).isEqualTo(4);
    assertThat(Keyed.placed(view)).hasSize(11);
  }

  @Test
  void moreSkipsThanAllowedFailTheRefresh() {
    UdtfView view = view(table(12, 4), new Partitioned.SkippingOne());
    Partitioned.FAILING.add(1L);
    assertThat(view.refresh().partitionsSkipped()).hasSize(1);
    connection.openTable("source").delete("id = 0");
    Partitioned.FAILING.add(2L);
    assertThatThrownBy(view::refresh)
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("no more partitions to be skipped");
  }

  @Test
  void aFunctionThatAsksForMoreThanThereIsRunsAloneWithAWarning() {
    connection.close();
    connection =
        Geneva.builder(database.toString())
            .localCapacity(new LocalCapacity(2, 0, 1 << 30))
            .connect();
    UdtfView view = view(table(100, 10), new Partitioned.OnFourCpus());
    assertThat(view.plan().warnings())
        .singleElement()
        .asString()
        .contains("asks for 4.0 CPUs, and there are 2.0: it runs alone");
    assertThat(view.plan().tasks()).isEqualTo(1);
    assertThat(view.refresh().rowsWritten()).isEqualTo(100);
  }

  @Test
  void theMatchOfARetryRuleIsARegularExpressionOnTheMessage() {
    UdtfView view = view(table(4, 2), new Partitioned.RetryingOnMatch());
    RefreshOptions anew = RefreshOptions.builder().checkpoints(CheckpointPolicy.off()).build();
    Partitioned.FAILING.add(2L);
    assertThatThrownBy(() -> view.refresh(anew))
        .isInstanceOfSatisfying(
            PartitionFailedException.class, e -> assertThat(e.attempts()).isEqualTo(3));
    Partitioned.FAILING.clear();
    Partitioned.FAILING.add(1L);
    assertThatThrownBy(() -> view.refresh(anew))
        .isInstanceOfSatisfying(
            PartitionFailedException.class, e -> assertThat(e.attempts()).isEqualTo(1));
  }

  @Test
  void thePlanShowsTheWork() {
    UdtfView view = view(table(1_000, 10), new Partitioned.ByK());
    assertThat(view.plan().mode()).isEqualTo(ExecutionMode.PARTITIONED_BY_COLUMN);
    assertThat(view.plan().partitionsToRun()).isEqualTo(10);
    assertThat(view.plan().rows()).isEqualTo(1_000);
    assertThat(view.plan().bytes()).isBetween(10_000L, 100_000L);
    assertThat(view.plan().toString()).contains("partitioned by column").contains("10 partitions");
    assertThat(Partitioned.CALLS).isEmpty();
  }

  private UdtfView view(Table source, dev.geneva.udtf.BatchUdtf udtf) {
    return connection.createUdtfView("view", source.search(), udtf);
  }

  /** Ids 0, 1, 2 …, with the remainder as the key. */
  private Table table(int rows, int keys) {
    return Keyed.table(
        connection,
        Keyed.key("k", new ArrowType.Int(64, true)),
        rows,
        vector -> {
          for (int row = 0; row < rows; row++) {
            ((BigIntVector) vector).setSafe(row, row % keys);
          }
        });
  }

  private long dataFiles() throws IOException {
    try (Stream<Path> files = Files.list(database.resolve("view.lance").resolve("data"))) {
      return files.count();
    }
  }
}
