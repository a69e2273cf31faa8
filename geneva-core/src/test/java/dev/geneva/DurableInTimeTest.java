package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.RefreshRecord.Outcome;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is yielded becomes durable while the function is at work, and stays in few files. */
class DurableInTimeTest extends DatabaseTest {

  private static final Map<String, BatchUdtf> SCRIPTS = new ConcurrentHashMap<>();
  private static final List<String> CALLS = Collections.synchronizedList(new ArrayList<>());

  private Table source;

  /** Is called for each name. */
  @Udtf(output = Item.class, partitionBy = "name")
  record ByName(String script) implements BatchUdtf {
    @Override
    public void process(UdtfSource rows, BatchCollector out) throws Exception {
      CALLS.add(rows.partition().orElseThrow().toString());
      SCRIPTS.get(script).process(rows, out);
    }
  }

  /** Waits for somebody to kill it. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws Exception {
      try (Connection connection = Geneva.connect(arguments[0])) {
        connection
            .createUdtfView(
                "view",
                connection.openTable("items").search(),
                new YieldsOnceThenWaits(arguments[1]))
            .refresh();
      }
    }
  }

  /** Yields a batch; goes on if there is a file, else waits. */
  @Udtf(output = Item.class, version = "1")
  record YieldsOnceThenWaits(String file) implements BatchUdtf {
    @Override
    public void process(UdtfSource rows, BatchCollector out) throws Exception {
      out.collectRecords(List.of(Item.of(out.completedBatches())));
      if (!Files.exists(Path.of(file))) {
        System.out.println("yielded");
        new CountDownLatch(1).await();
      }
    }
  }

  @BeforeEach
  void createSource() {
    CALLS.clear();
    List<Item> items = new ArrayList<>();
    for (long id = 0; id < 300; id++) {
      items.add(new Item(id, "name " + String.format("%03d", id), 0));
    }
    source = connection.createTable("items", Item.class, items);
  }

  private UdtfView byName(BatchUdtf script) {
    SCRIPTS.put("script", script);
    return connection.createUdtfView("view", source.search(), new ByName("script"));
  }

  private List<String> files() {
    return Tree.names(database.resolve("view.lance/data"));
  }

  @Test
  void partitionsThatAreFinishedBecomeDurableWhileAnotherOneIsAtWork() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    UdtfView view =
        byName(
            (rows, out) -> {
              try (var all = rows.toArrow()) {
                out.collect(all);
              }
              if (rows.partition().orElseThrow().toString().contains("name 005")) {
                assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
              }
            });
    RefreshHandle handle = view.refreshAsync(RefreshOptions.builder().concurrency(1).build());
    // One file with what was finished before, one with what the slow partition has yielded.
    Awaitility.await().until(() -> files().size() == 2);
    goOn.countDown();
    assertThat(handle.toCompletableFuture())
        .succeedsWithin(java.time.Duration.ofSeconds(60))
        .extracting(RefreshReport::rowsWritten)
        .isEqualTo(300L);
    assertThat(Rows.items(view)).extracting(Item::id).containsExactlyElementsOf(ids());
    assertThat(files()).hasSizeLessThan(10);
  }

  private static List<Long> ids() {
    return java.util.stream.LongStream.range(0, 300).boxed().toList();
  }

  @Test
  void veryManySmallFilesAreMergedAndStayInOrder() {
    UdtfView view =
        byName(
            (rows, out) -> {
              try (var all = rows.toArrow()) {
                out.collect(all);
              }
            });
    RefreshReport report =
        view.refresh(RefreshOptions.builder().checkpoints(CheckpointPolicy.everyBatch()).build());
    assertThat(report.partitionsRun()).isEqualTo(300);
    assertThat(Rows.items(view)).extracting(Item::id).containsExactlyElementsOf(ids());
    assertThat(files()).as("300 were written").hasSizeLessThan(5);
  }

  @Test
  void aPartitionThatWasLeftOutIsPutInItsPlaceAmongMergedFiles() {
    java.util.concurrent.atomic.AtomicBoolean failing =
        new java.util.concurrent.atomic.AtomicBoolean(true);
    SCRIPTS.put(
        "skipping",
        (rows, out) -> {
          if (failing.get() && rows.partition().orElseThrow().toString().contains("name 100")) {
            throw new IllegalStateException("on purpose");
          }
          try (var all = rows.toArrow()) {
            out.collect(all);
          }
        });
    UdtfView view = connection.createUdtfView("view", source.search(), new Skipping("skipping"));
    RefreshOptions everyBatch =
        RefreshOptions.builder().checkpoints(CheckpointPolicy.everyBatch()).build();
    assertThat(view.refresh(everyBatch).partitionsSkipped()).hasSize(1);
    assertThat(view.countRows()).isEqualTo(299);
    failing.set(false);
    CALLS.clear();
    RefreshReport report = view.refresh(everyBatch);
    assertThat(report.partitionsRun()).isEqualTo(1);
    assertThat(report.partitionsReused()).isEqualTo(299);
    assertThat(CALLS).containsExactly("name = 'name 100'");
    assertThat(Rows.items(view)).extracting(Item::id).containsExactlyElementsOf(ids());
  }

  /** Leaves out what fails. */
  @Udtf(
      output = Item.class,
      partitionBy = "name",
      onError = @dev.geneva.udtf.OnError(then = dev.geneva.udtf.ErrorAction.SKIP))
  record Skipping(String script) implements BatchUdtf {
    @Override
    public void process(UdtfSource rows, BatchCollector out) throws Exception {
      CALLS.add(rows.partition().orElseThrow().toString());
      SCRIPTS.get(script).process(rows, out);
    }
  }

  @Test
  void aJvmThatIsToldToEndKeepsWhatItHasAndSaysSo() throws Exception {
    Path goOn = folder.resolve("go-on");
    try (ChildJvm worker =
        ChildJvm.start(folder, Worker.class, database.toString(), goOn.toString())) {
      worker.expect("yielded");
      worker.terminate();
      assertThat(worker.exitCode()).isEqualTo(143);
    }
    UdtfView view = connection.openUdtfView("view");
    assertThat(view.history()).hasSize(1);
    assertThat(view.history().get(0).outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(view.history().get(0).cause().orElseThrow()).contains("as the JVM ends");
    assertThat(view.countRows()).isZero();
    assertThat(files()).as("the batch").hasSize(1);
  }
}
