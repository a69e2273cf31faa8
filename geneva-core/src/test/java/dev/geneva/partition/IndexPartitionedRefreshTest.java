package dev.geneva.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.Connection;
import dev.geneva.ExecutionMode;
import dev.geneva.Geneva;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.ViewOptions;
import dev.geneva.ViewOptions.UncoveredRows;
import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.FixedSize;
import dev.geneva.udtf.PartitionKey;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexPartitionedRefreshTest {

  private static final int ROWS = 600;

  @TempDir Path database;

  private Connection connection;
  private Table source;

  /**
   * A row of the source.
   *
   * @param id its number
   * @param vector lies near one of four corners, by the number
   */
  @ArrowRecord
  record Point(long id, @FixedSize(4) float @Nullable [] vector) {}

  /**
   * A row of the output.
   *
   * @param partition the partition's key as text
   * @param id the row's number
   */
  record Placed(String partition, long id) {}

  @Udtf(output = Placed.class, partitionByIndexedColumn = "vector", inputColumns = "id")
  record ByIndex() implements BatchUdtf {
    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      PartitionKey key = source.partition().orElseThrow();
      try (var rows = source.toArrow()) {
        var ids = (org.apache.arrow.vector.BigIntVector) rows.getVector("id");
        List<Placed> placed = new ArrayList<>();
        for (int row = 0; row < rows.getRowCount(); row++) {
          placed.add(new Placed(key.toString(), ids.get(row)));
        }
        out.collectRecords(placed);
      }
    }
  }

  @BeforeEach
  void connect() {
    connection = Geneva.connect(database.toString());
    source = connection.createTable("source", Point.class, points(0, ROWS));
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  @Test
  void everyRowGoesToThePartitionThatTheIndexHasItIn() {
    source.createIvfFlatIndex("vector", 4);
    UdtfView view = view(ViewOptions.ofDefaults());
    RefreshReport report = view.refresh();
    assertThat(report.mode()).isEqualTo(ExecutionMode.PARTITIONED_BY_INDEX);
    // Training may leave a partition empty, and then it isn't one.
    assertThat(report.partitionsTotal()).isBetween(2, 4).isEqualTo(partitions(view).size());
    assertThat(report.rowsUncovered()).isZero();
    assertThat(partitions(view))
        .allSatisfy(
            (key, ids) -> {
              assertThat(key).matches("index partition [0-3] of vector");
              assertThat(ids).isSorted();
            });
    assertThat(ids(view)).containsExactlyInAnyOrderElementsOf(upTo(ROWS));
    assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);
  }

  @Test
  void rowsThatTheIndexDoesNotCoverAreNotLost() {
    source.createIvfFlatIndex("vector", 4);
    UdtfView view = view(ViewOptions.ofDefaults());
    view.refresh();
    // The vectors of the first rows once more, so they belong into the same partitions.
    source.add(
        Point.class,
        points(0, 20).stream().map(row -> new Point(row.id() + ROWS, row.vector())).toList());
    source.add(Point.class, List.of(new Point(1_000, null)));
    RefreshReport report = view.refresh();
    assertThat(report.rowsUncovered()).isEqualTo(21);
    assertThat(report.partitionsTotal()).isEqualTo(partitions(view).size());
    Map<String, List<Long>> partitions = partitions(view);
    assertThat(partitions.get("unindexable rows of vector")).containsExactly(1_000L);
    for (long id = 0; id < 20; id++) {
      long copied = id;
      assertThat(partitions.values())
          .anyMatch(ids -> ids.containsAll(List.of(copied, copied + ROWS)));
    }
    assertThat(ids(view)).hasSize(ROWS + 21).contains(ROWS + 19L, 1_000L);
  }

  @Test
  void deletedRowsAreGoneThoughTheIndexStillNamesThem() {
    source.createIvfFlatIndex("vector", 4);
    source.delete("id % 3 = 0");
    UdtfView view = view(ViewOptions.ofDefaults());
    view.refresh();
    assertThat(ids(view))
        .containsExactlyInAnyOrderElementsOf(
            upTo(ROWS).stream().filter(id -> id % 3 != 0).toList());
  }

  @Test
  void theQueryDefinesTheRowsWhichAreThenPartitioned() {
    source.createIvfFlatIndex("vector", 4);
    UdtfView view =
        connection.createUdtfView(
            "view", source.search().where("id >= 100").offset(5).limit(50), new ByIndex());
    view.refresh();
    assertThat(ids(view))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(105, 155).boxed().toList());
  }

  @Test
  void uncoveredRowsMayBeAnError() {
    source.createIvfFlatIndex("vector", 4);
    UdtfView view = view(ViewOptions.builder().uncoveredRows(UncoveredRows.FAIL).build());
    view.refresh();
    source.add(Point.class, points(ROWS, 3));
    assertThatThrownBy(view::refresh)
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("doesn't cover 3 rows")
        .hasMessageContaining("optimize()");
    assertThat(view.countRows()).isEqualTo(ROWS);
    source.optimize();
    assertThat(view.refresh().rowsWritten()).isEqualTo(ROWS + 3);
  }

  @Test
  void anErrorSaysWhichUncoveredRowsNoIndexCanHold() {
    source.createIvfFlatIndex("vector", 4);
    UdtfView view = view(ViewOptions.builder().uncoveredRows(UncoveredRows.FAIL).build());
    source.add(Point.class, points(ROWS, 3));
    source.add(Point.class, List.of(new Point(ROWS + 3, null)));
    assertThatThrownBy(view::refresh)
        .hasMessageContaining("4 rows that the view reads, 1 of them without a vector")
        .hasMessageContaining("optimize()");
    source.optimize();
    assertThatThrownBy(view::refresh)
        .hasMessageContaining("1 rows that the view reads, 1 of them without a vector")
        .hasMessageNotContaining("optimize()");
  }

  @Test
  void uncoveredRowsMayBeLeftOutAndAreCounted() {
    source.createIvfFlatIndex("vector", 4);
    source.add(Point.class, points(ROWS, 3));
    UdtfView view = view(ViewOptions.builder().uncoveredRows(UncoveredRows.LEAVE_OUT).build());
    assertThat(view.refresh().rowsUncovered()).isEqualTo(3);
    assertThat(view.countRows()).isEqualTo(ROWS);
  }

  @Test
  void anotherIndexIsAnotherPartitioning() {
    source.createIvfFlatIndex("vector", 4);
    UdtfView view = view(ViewOptions.ofDefaults());
    view.refresh();
    source.createIvfFlatIndex("vector", 2);
    RefreshReport report = view.refresh();
    assertThat(report.status()).isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(report.reason()).contains("index");
    assertThat(report.partitionsTotal()).isBetween(1, 2);
  }

  @Test
  void aColumnWithoutAnIndexIsAnErrorAtCreate() {
    assertThatThrownBy(() -> view(ViewOptions.ofDefaults()))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("vector");
    assertThat(connection.udtfViewNames()).isEmpty();
  }

  private UdtfView view(ViewOptions options) {
    return connection.createUdtfView("view", source.search(), new ByIndex(), options);
  }

  private static Map<String, List<Long>> partitions(UdtfView view) {
    return view.search()
        .records(Placed.class)
        .collect(
            Collectors.groupingBy(
                Placed::partition, Collectors.mapping(Placed::id, Collectors.toList())));
  }

  private static List<Long> ids(UdtfView view) {
    return view.search().records(Placed.class).map(Placed::id).toList();
  }

  private static List<Long> upTo(long end) {
    return LongStream.range(0, end).boxed().toList();
  }

  private static List<Point> points(long first, int count) {
    Random random = new Random(first + 1);
    List<Point> points = new ArrayList<>();
    for (long id = first; id < first + count; id++) {
      float[] vector = new float[4];
      for (int i = 0; i < 4; i++) {
        vector[i] = (id % 4 == i ? 100 : 0) + random.nextFloat();
      }
      points.add(new Point(id, vector));
    }
    return points;
  }
}
