package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.TestUdtfs.Scripted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a refresh that was interrupted has finished isn't computed or written again. */
class ResumeTest extends DatabaseTest {

  private static final RefreshOptions EVERY_BATCH =
      RefreshOptions.builder().checkpoints(CheckpointPolicy.everyBatch()).build();

  /** Yields this many of the source's ten batches, then fails. */
  private final AtomicInteger failsAfter = new AtomicInteger();

  private final List<Integer> completed = new ArrayList<>();
  private Table source;
  private UdtfView view;

  @BeforeEach
  void createView() {
    source = items("items", 0, 1000);
    view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  completed.add(out.completedBatches());
                  int batches = 0;
                  try (ArrowReader reader = rows.toBatches(100)) {
                    while (reader.loadNextBatch()) {
                      if (batches++ == failsAfter.get()) {
                        throw new IOException("after " + failsAfter);
                      }
                      out.collect(reader.getVectorSchemaRoot());
                    }
                  }
                }));
  }

  @Test
  void batchesThatAreDurableAreComparedInsteadOfWritten() {
    fails(6, EVERY_BATCH);
    final List<String> kept = files();
    assertThat(kept).hasSize(6);

    RefreshReport report = succeeds();

    assertThat(completed).containsExactly(0, 6);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 1000));
    assertThat(report.rowsWritten()).isEqualTo(1000);
    assertThat(report.batchesWritten()).isEqualTo(10);
    assertThat(files()).containsAll(kept).hasSize(7);
  }

  @Test
  void anErrorLosesNoBatchThatWasYielded() {
    fails(7, RefreshOptions.ofDefaults());
    fails(9, RefreshOptions.ofDefaults());
    succeeds();
    assertThat(completed).containsExactly(0, 7, 9);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 1000));
  }

  @Test
  void failingAgainAndAgainWritesNothingTwice() {
    fails(5, RefreshOptions.ofDefaults());
    List<String> kept = files();
    for (int i = 0; i < 10; i++) {
      fails(5, RefreshOptions.ofDefaults());
    }
    assertThat(files()).isEqualTo(kept);
    assertThat(view.countRows()).isZero();
  }

  @Test
  void withCheckpointsOffTheNextRefreshBeginsAnew() {
    RefreshOptions off = RefreshOptions.builder().checkpoints(CheckpointPolicy.off()).build();
    fails(5, off);
    assertThat(files()).isEmpty();
    fails(6, EVERY_BATCH);
    failsAfter.set(-1);
    view.refresh(off);
    assertThat(completed).containsExactly(0, 0, 0);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 1000));
  }

  @Test
  void aSourceThatWasOnlyCompactedChangesNothing() {
    source.add(Item.class, Item.range(1000, 1100));
    fails(4, EVERY_BATCH);
    new Foreign(database).compact("items");
    succeeds();
    assertThat(completed).containsExactly(0, 4);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 1100));
  }

  @Test
  void aSourceThatChangedMakesAllThatWasLeftWorthless() {
    fails(4, EVERY_BATCH);
    source.delete("id = 0");
    succeeds();
    assertThat(completed).containsExactly(0, 0);
    assertThat(Rows.items(view)).isEqualTo(Item.range(1, 1000));
  }

  @Test
  void filesThatAreMissingOrDamagedAreWrittenAgain() throws IOException {
    fails(4, EVERY_BATCH);
    Files.delete(data().resolve(files().get(0)));
    fails(4, EVERY_BATCH);
    assertThat(completed).containsExactly(0, 0);
    Files.write(data().resolve(files().get(0)), new byte[0]);
    succeeds();
    assertThat(completed).containsExactly(0, 0, 0);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 1000));
  }

  @Test
  void aFunctionThatYieldsSomethingElseIsAnErrorAndTheNextRefreshBeginsAnew() {
    AtomicInteger calls = new AtomicInteger();
    UdtfView moody =
        connection.createUdtfView(
            "moody",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  int call = calls.incrementAndGet();
                  out.collectRecords(List.of(Item.of(1), Item.of(2)));
                  out.collectRecords(List.of(Item.of(call)));
                  if (call == 1) {
                    throw new IOException("the first time");
                  }
                }));
    assertThatThrownBy(() -> moody.refresh(EVERY_BATCH))
        .isInstanceOf(PartitionFailedException.class);

    assertThatThrownBy(() -> moody.refresh(EVERY_BATCH))
        .isInstanceOf(NondeterministicUdtfException.class)
        .hasMessageContaining("Scripted isn't deterministic: batch 2 differs")
        .hasMessageContaining("(1 rows then, 1 now)")
        .hasMessageContaining("switch checkpoints off");

    assertThat(moody.refresh(EVERY_BATCH).status()).isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(Rows.items(moody)).containsExactly(Item.of(1), Item.of(2), Item.of(3));
  }

  @Test
  void aFunctionThatYieldsFewerBatchesIsAnErrorToo() {
    AtomicInteger calls = new AtomicInteger();
    UdtfView moody =
        connection.createUdtfView(
            "moody",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  out.collectRecords(List.of(Item.of(1)));
                  if (calls.incrementAndGet() == 1) {
                    out.collectRecords(List.of(Item.of(2)));
                    throw new IOException("the first time");
                  }
                }));
    assertThatThrownBy(moody::refresh).isInstanceOf(PartitionFailedException.class);
    assertThatThrownBy(moody::refresh)
        .isInstanceOf(NondeterministicUdtfException.class)
        .hasMessageContaining("it yielded 1 batches; an interrupted refresh got at least 2");
  }

  @Test
  void batchesWithoutRowsCountAsBatches() {
    AtomicInteger calls = new AtomicInteger();
    List<Integer> seen = new ArrayList<>();
    UdtfView sparse =
        connection.createUdtfView(
            "sparse",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  seen.add(out.completedBatches());
                  try (var none = rows.toArrow()) {
                    none.setRowCount(0);
                    out.collect(none);
                    out.collectRecords(List.of(Item.of(1)));
                    out.collect(none);
                    out.collectRecords(List.of(Item.of(2)));
                  }
                  if (calls.incrementAndGet() == 1) {
                    throw new IOException("the first time");
                  }
                }));
    assertThatThrownBy(sparse::refresh).isInstanceOf(PartitionFailedException.class);
    assertThat(sparse.refresh().batchesWritten()).isEqualTo(4);
    assertThat(seen).containsExactly(0, 4);
    assertThat(Rows.items(sparse)).containsExactly(Item.of(1), Item.of(2));
  }

  private void fails(int batches, RefreshOptions options) {
    failsAfter.set(batches);
    assertThatThrownBy(() -> view.refresh(options))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("after " + batches);
  }

  private RefreshReport succeeds() {
    failsAfter.set(-1);
    return view.refresh();
  }

  private Path data() {
    return database.resolve("view.lance/data");
  }

  private List<String> files() {
    return Tree.names(data());
  }
}
