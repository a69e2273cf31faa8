package dev.geneva.partition;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.LocalCapacity;
import dev.geneva.RefreshPlan;
import dev.geneva.RefreshPlan.Figure;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What a plan says, and why. */
@Isolated("the functions note their calls in one list")
class PlanTest {

  /** A quarter of it is the least that rows may take: 16 MiB. */
  private static final LocalCapacity SMALL = new LocalCapacity(2, 0, 64 << 20);

  @TempDir Path database;

  private Connection connection;

  @BeforeEach
  void connect() {
    connection = Geneva.builder(database.toString()).localCapacity(SMALL).connect();
  }

  @AfterEach
  void disconnect() {
    Partitioned.FAILING.clear();
    connection.close(); // finds memory that is left
  }

  @Test
  void eachFigureHasAReasonInTheText() {
    UdtfView view =
        connection.createUdtfView("view", table(1_000, 10).search(), new Partitioned.ByK());

    RefreshPlan plan = view.plan();

    assertThat(plan.scans()).isEqualTo(1);
    assertThat(plan.streamed()).isZero();
    assertThat(plan.workers()).isEqualTo(2);
    assertThat(plan.reasons()).containsOnlyKeys(Figure.values());
    assertThat(plan.toString().lines())
        .containsSubsequence(
            "  mode      partitioned by column",
            "            - mode: the function declares partitionBy = \"k\"",
            "  rows      1,000 (about 17,000 bytes)",
            "            - rows: all that the query gives",
            "            - bytes: about 17 a row, by the types of the columns",
            "  work      10 partitions in 10 tasks, read in 1 scan",
            "            - partitions: each distinct value of 'k' is one; the output of none can be"
                + " kept",
            "            - tasks: at most about 4 of equal size for each of 2 workers, so that the"
                + " last ones to end keep nobody waiting long; no partition is divided",
            "            - scans: all rows are in memory at a time, which may be 16,777,216 bytes:"
                + " a quarter of the local memory",
            "  workers   2 at a time",
            "            - workers: 2.0 CPUs, of which a call asks for 1.0 admit so many",
            "  per call  cpus=1.0 gpus=0.0 memory=not limited",
            "            - resources: as the function declares");
  }

  @Test
  void aPlanThatKeepsPartitionsSaysHowMany() {
    UdtfView view =
        connection.createUdtfView("view", table(12, 4).search(), new Partitioned.Skipping());
    Partitioned.FAILING.addAll(List.of(1L, 2L));
    view.refresh();

    RefreshPlan plan = view.plan();

    assertThat(plan.reason(Figure.PARTITIONS))
        .isEqualTo("each distinct value of 'k' is one; the output of 2 is in the view and is kept");
    assertThat(plan.reason(Figure.ROWS)).isEqualTo("those of the partitions that have to run");
  }

  @Test
  void theWidthOfTextIsThatOfASample() {
    Table source =
        Keyed.table(
            connection,
            Keyed.key("k", ArrowType.Utf8.INSTANCE),
            2_000,
            vector -> {
              for (int row = 0; row < 2_000; row++) {
                ((VarCharVector) vector).setSafe(row, new byte[100]);
              }
            });

    RefreshPlan plan =
        connection.createUdtfView("view", source.search(), new Partitioned.ByK()).plan();

    assertThat(plan.bytes()).isBetween(2_000 * 100L, 2_000 * 130L);
    assertThat(plan.reason(Figure.BYTES)).endsWith("a row, as in a sample of the first 1,024");
  }

  @Test
  void rowsThatDoNotFitIntoMemoryTogetherAreReadInSeveralScansWithTheSameResult() {
    int rows = 1_200_000; // of 17 bytes
    UdtfView view =
        connection.createUdtfView("view", table(rows, 1_000).search(), new Sums.SumsByK());

    RefreshPlan plan = view.plan();
    view.refresh();

    assertThat(plan.scans()).isEqualTo(3);
    assertThat(plan.streamed()).isZero();
    assertThat(plan.reason(Figure.SCANS))
        .isEqualTo(
            "of the rows, 16,777,216 bytes may be in memory at a time, a quarter of the local"
                + " memory: half for a scan, half for the next");
    assertThat(view.search().records(Sums.Sum.class))
        .hasSize(1_000)
        .allMatch(sum -> sum.rows() == rows / 1_000);
  }

  @Test
  void aPartitionThatIsTooLargeIsSaidToBeStreamed() {
    int rows = 1_200_000;
    Table source =
        Keyed.table(
            connection,
            Keyed.key("k", new ArrowType.Int(64, true)),
            rows,
            vector -> {
              for (int row = 0; row < rows; row++) {
                ((BigIntVector) vector).setSafe(row, row % 10 == 0 ? row % 50 : -1);
              }
            });
    UdtfView view = connection.createUdtfView("view", source.search(), new Sums.SumsByK());

    RefreshPlan plan = view.plan();
    view.refresh();

    assertThat(plan.streamed()).isEqualTo(1);
    assertThat(plan.scans()).isEqualTo(1);
    assertThat(plan.toString()).contains(", read in 1 scan, 1 streamed");
    assertThat(plan.reason(Figure.SCANS))
        .endsWith("; 1 partition of more than 493,447 rows is streamed, each read being a scan");
    assertThat(
            view.search()
                .records(Sums.Sum.class)
                .collect(Collectors.toMap(Sums.Sum::k, Sums.Sum::rows)))
        .containsEntry(-1L, rows / 10 * 9L)
        .containsEntry(0L, rows / 50L)
        .hasSize(6);
  }

  @Test
  void ofManyWideRowsThoseOfASkippedPartitionAreReadByTheirIds() {
    int rows = 10_000;
    int keys = 200;
    Table source =
        Keyed.table(
            connection,
            Keyed.key("k", ArrowType.Utf8.INSTANCE),
            rows,
            vector -> {
              for (int row = 0; row < rows; row++) {
                byte[] key = "%01000d".formatted(row % keys).getBytes(US_ASCII);
                ((VarCharVector) vector).setSafe(row, key);
              }
            });
    UdtfView view = connection.createUdtfView("view", source.search(), new Partitioned.Skipping());
    assertThat(view.plan().reason(Figure.SCANS)).doesNotContain("row ids");
    Partitioned.FAILING.add(7L);
    view.refresh();
    Partitioned.FAILING.clear();

    RefreshPlan plan = view.plan();
    assertThat(plan.scans()).isEqualTo(1);
    assertThat(plan.reason(Figure.SCANS))
        .endsWith(
            "; each is for less than 1 % of the query's 10,000 rows, so it reads row ids only, and"
                + " then just these rows by their ids");
    assertThat(view.refresh().rowsRead()).isEqualTo(rows / keys);
    List<String> expected = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      for (int id = key; id < rows; id += keys) {
        expected.add("%01000d:%d".formatted(key, id));
      }
    }
    assertThat(Keyed.placed(view)).isEqualTo(expected);
  }

  @Test
  void anUpstreamViewThatIsNotUpToDateIsAWarning() {
    Table source = table(12, 4);
    UdtfView first = connection.createUdtfView("first", source.search(), new Partitioned.ByK());
    first.refresh();
    UdtfView second =
        connection.createUdtfView("second", first.search(), new Partitioned.InOneCall());
    UdtfView third =
        connection.createUdtfView("third", second.search(), new Partitioned.InOneCall());
    second.refresh();
    third.refresh();
    assertThat(third.plan().warnings()).isEmpty();

    source.delete("id = 0");

    String warning =
        "Source 'first' is a view that isn't up to date: the source changed from version 1 to 2."
            + " It is read as it is; refresh it first.";
    assertThat(second.plan().warnings()).containsExactly(warning);
    assertThat(second.plan().upToDate()).as("its own source is as it was").isTrue();
    assertThat(second.plan().toString()).endsWith("  warning   " + warning);
    assertThat(third.plan().warnings()).as("further up, too").containsExactly(warning);
    first.refresh();
    assertThat(second.plan().warnings()).isEmpty();
    assertThat(second.plan().upToDate()).isFalse();
    assertThat(third.plan().warnings()).singleElement().asString().contains("Source 'second'");
  }

  @Test
  void aPinnedVersionOfAViewIsMeantToStay() {
    Table source = table(12, 4);
    UdtfView first = connection.createUdtfView("first", source.search(), new Partitioned.ByK());
    long version = first.refresh().viewVersion();
    UdtfView second =
        connection.createUdtfView(
            "second", first.at(version).search(), new Partitioned.InOneCall());
    source.delete("id = 0");

    assertThat(second.plan().warnings()).isEmpty();
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
}
