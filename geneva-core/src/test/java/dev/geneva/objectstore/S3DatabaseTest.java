package dev.geneva.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.AlreadyExistsException;
import dev.geneva.Connection;
import dev.geneva.ExecutionMode;
import dev.geneva.Geneva;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.PartitionFailedException;
import dev.geneva.RefreshRecord.Outcome;
import dev.geneva.RefreshReport;
import dev.geneva.RefreshReport.Status;
import dev.geneva.Relation;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.internal.fixture.Race;
import dev.geneva.internal.fixture.S3;
import dev.geneva.internal.fixture.S3Server;
import dev.geneva.internal.store.FileStore;
import dev.geneva.internal.store.ObjectStoreUri;
import dev.geneva.internal.store.ObjectStores;
import dev.geneva.internal.store.StorageOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The journeys of a user, on a real S3 server. */
@ExtendWith(S3.class)
class S3DatabaseTest {

  private final S3Server server;
  private String uri;
  private Connection connection;
  private FileStore files;

  S3DatabaseTest(S3Server server) {
    this.server = server;
  }

  @BeforeEach
  void connect() {
    uri = "s3://" + server.newBucket() + "/path/db";
    connection = open();
    ObjectStoreUri parsed = ObjectStoreUri.parse(uri);
    files = ObjectStores.open(parsed, new StorageOptions(parsed, server.options()));
  }

  @AfterEach
  void close() {
    files.close();
    connection.close();
  }

  private Connection open() {
    String endpoint = server.endpoint();
    String id = S3Server.KEY;
    String key = S3Server.SECRET;
    // tag::connect[]
    Connection conn =
        Geneva.builder(uri) // such as "s3://bucket/path/of/db"
            .storageOptions(
                Map.of(
                    "aws_endpoint", endpoint, // not for Amazon's own
                    "aws_region", "eu-central-1",
                    "aws_access_key_id", id,
                    "aws_secret_access_key", key))
            .connect();
    // end::connect[]
    return conn;
  }

  private Table points(long from, long to) {
    return connection.createTable("points", Point.class, Point.range(from, to));
  }

  private static List<Summed> rows(Relation view) {
    return view.search().records(Summed.class).toList();
  }

  private static long sum(long from, long to) {
    return (from + to - 1) * (to - from) / 2;
  }

  @Test
  void tableIsCreatedReadChangedAndDropped() {
    Table points = points(0, 100);
    points.add(Point.class, Point.range(100, 150));
    points.delete("id < 10");

    assertThat(points.countRows()).isEqualTo(140);
    assertThat(points.at(1).countRows()).isEqualTo(100);
    assertThat(points.search().where("kind = 2 AND id > 140").select("id").countRows())
        .isEqualTo(2);
    assertThat(points.search().where("id = 12").records(Point.class))
        .singleElement()
        .satisfies(point -> assertThat(point.place()).isEqualTo(Point.of(12).place()));
    assertThat(connection.tableNames()).containsExactly("points");
    assertThatThrownBy(() -> points(0, 1))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage("There is already a 'points' in " + uri + ".");

    connection.dropTable("points");

    assertThat(connection.tableNames()).isEmpty();
    assertThat(allKeys()).isEmpty();
    assertThatThrownBy(() -> connection.openTable("points"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("No 'points' in " + uri);
  }

  @Test
  void viewIsRefreshedListedReopenedAndDropped() {
    Table points = points(0, 100);
    UdtfView view =
        connection.createUdtfView("sums", points.search().where("kind < 3"), new Summed.Whole());

    RefreshReport first = view.refresh();
    points.add(Point.class, Point.range(100, 105));
    RefreshReport second = view.refresh();

    assertThat(first.status()).isEqualTo(Status.REFRESHED);
    assertThat(second.mode()).isEqualTo(ExecutionMode.SINGLE_WORKER);
    assertThat(rows(view).get(0).points()).isEqualTo(63);
    assertThat(rows(view.at(first.viewVersion())).get(0).points()).isEqualTo(60);
    assertThat(view.history())
        .extracting(refresh -> refresh.outcome())
        .containsOnly(Outcome.REFRESHED);
    assertThat(connection.udtfViewNames()).containsExactly("sums");
    assertThat(connection.tableNames()).containsExactly("points");
    try (Connection other = open()) {
      UdtfView reopened = other.openUdtfView("sums");
      assertThat(reopened.refresh().status()).isEqualTo(Status.UP_TO_DATE);
      assertThat(rows(reopened)).isEqualTo(rows(view));
    }

    connection.dropUdtfView("sums");

    assertThat(connection.udtfViewNames()).isEmpty();
    assertThat(allKeys()).allMatch(key -> key.startsWith("points.lance/"));
  }

  @Test
  void viewByColumnHasAPartitionForEachValue() {
    UdtfView view = connection.createUdtfView("sums", points(0, 100).search(), new Summed.ByKind());

    RefreshReport report = view.refresh();

    assertThat(report.mode()).isEqualTo(ExecutionMode.PARTITIONED_BY_COLUMN);
    assertThat(report.partitionsRun()).isEqualTo(Point.KINDS);
    assertThat(rows(view)).hasSize(Point.KINDS).allMatch(row -> row.points() == 20);
    assertThat(view.refresh().status()).isEqualTo(Status.UP_TO_DATE);
  }

  @Test
  void viewByIndexReadsTheIndexFromTheStoreAndLosesNoRow() {
    Table points = points(0, 500);
    points.createIvfFlatIndex("place", Point.KINDS);
    points.add(Point.class, Point.range(500, 520));
    UdtfView view = connection.createUdtfView("sums", points.search(), new Summed.ByPlace());

    RefreshReport report = view.refresh();

    assertThat(report.mode()).isEqualTo(ExecutionMode.PARTITIONED_BY_INDEX);
    List<Summed> rows = rows(view);
    assertThat(rows).hasSizeBetween(2, Point.KINDS);
    assertThat(rows.stream().mapToLong(Summed::points).sum()).isEqualTo(520);
    assertThat(rows.stream().mapToLong(Summed::ids).sum()).isEqualTo(sum(0, 520));
    points.optimize();
    view.refresh();
    assertThat(rows(view).stream().mapToLong(Summed::ids).sum()).isEqualTo(sum(0, 520));
  }

  @Test
  void emptyIndexFileIsAnErrorAndNotTheEndOfTheProcess() throws IOException {
    Table points = points(0, 500);
    points.createIvfFlatIndex("place", Point.KINDS);
    UdtfView view = connection.createUdtfView("sums", points.search(), new Summed.ByPlace());
    String folder = "points.lance/_indices/" + files.folders("points.lance/_indices").get(0);
    for (String file : List.of("auxiliary.idx", "index.idx")) {
      files.delete(folder + "/" + file);
      files.putIfAbsent(folder + "/" + file, new byte[0]);

      assertThatThrownBy(view::refresh)
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining(file + " has 0 bytes, too few for a Lance file");
    }
  }

  @Test
  void failingFunctionLeavesTheViewAsItWasAndWhatItLeavesGoes() throws IOException {
    Table points = points(0, 10);
    UdtfView view = connection.createUdtfView("sums", points.search(), new Summed.Limited(10));
    view.refresh();
    List<String> before = files.names("sums.lance/data");
    points.add(Point.class, Point.range(10, 11));

    assertThatThrownBy(view::refresh)
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("more than 10 points");

    assertThat(rows(view)).containsExactly(new Summed("all", 10, 45));
    assertThat(files.names("sums.lance/data")).containsAll(before);
    assertThat(view.history().get(0).outcome()).isEqualTo(Outcome.FAILED);
    points.delete("id < 5");
    assertThat(view.refresh().status()).isEqualTo(Status.REFRESHED);
    assertThat(files.names("sums.lance/data")).containsAll(before).hasSize(before.size() + 1);
  }

  @Test
  void unchangedRefreshIsOneRequestForEachOfViewAndSource() {
    Table points = points(0, 10);
    UdtfView view = connection.createUdtfView("sums", points.search(), new Summed.Whole());
    view.refresh();
    assertThat(view.refresh().status()).isEqualTo(Status.UP_TO_DATE);
    server.takeRequests();

    assertThat(view.refresh().status()).isEqualTo(Status.UP_TO_DATE);

    assertThat(server.takeRequests())
        .hasSize(2)
        .allMatch(request -> request.startsWith("GET ") && request.contains("list-type=2"));
  }

  @Test
  void tableThatWasCreatedAnewWithTheSameNumberIsNoticed() {
    Table points = points(0, 10);
    UdtfView view = connection.createUdtfView("sums", points.search(), new Summed.Whole());
    view.refresh();
    assertThat(view.refresh().status()).isEqualTo(Status.UP_TO_DATE);
    try (Connection other = open()) {
      other.dropTable("points");
      other.createTable("points", Point.class, Point.range(0, 12));
    }

    assertThat(points.version()).isEqualTo(1);
    assertThat(view.refresh().status()).isEqualTo(Status.REFRESHED);
    assertThat(rows(view)).containsExactly(new Summed("all", 12, 66));
  }

  @Test
  void ofEightWhoCreateTheSameTableExactlyOneSucceeds() throws Exception {
    for (int round = 0; round < 3; round++) {
      String name = "raced" + round;
      List<Optional<Integer>> created =
          Race.of(
              8,
              racer ->
                  () -> {
                    try (Connection own = open()) {
                      own.createTable(name, Point.class, Point.range(racer, racer + 10));
                      return Optional.of(racer);
                    } catch (AlreadyExistsException e) {
                      return Optional.empty();
                    }
                  });

      List<Integer> winners = created.stream().flatMap(Optional::stream).toList();
      assertThat(winners).hasSize(1);
      Table raced = connection.openTable(name);
      assertThat(raced.version()).isEqualTo(1);
      assertThat(raced.search().records(Point.class))
          .extracting(Point::id)
          .startsWith((long) winners.get(0));
    }
  }

  @Test
  void noSecretIsStored() throws IOException {
    Table points = points(0, 100);
    points.createIvfFlatIndex("place", 2);
    UdtfView view = connection.createUdtfView("sums", points.search(), new Summed.ByKind());
    view.refresh();

    List<String> keys = allKeys();
    assertThat(keys).anyMatch(key -> key.startsWith("_geneva/")).hasSizeGreaterThan(8);
    for (String key : keys) {
      String content = new String(files.read(key).orElseThrow(), StandardCharsets.ISO_8859_1);
      assertThat(content).as(key).doesNotContain(S3Server.SECRET).doesNotContain(S3Server.KEY);
    }
  }

  private List<String> allKeys() {
    try {
      List<String> keys = new ArrayList<>();
      collect("", keys);
      return keys;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void collect(String folder, List<String> keys) throws IOException {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    if (!folder.isEmpty()) {
      files.names(folder).forEach(name -> keys.add(prefix + name));
    }
    for (String below : files.folders(folder)) {
      collect(prefix + below, keys);
    }
  }
}
