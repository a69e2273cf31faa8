package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.RefreshRecord.Outcome;
import dev.geneva.TestUdtfs.Copy;
import dev.geneva.TestUdtfs.Scripted;
import dev.geneva.internal.log.Elsewhere;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who refreshes a view when several want to, on this host and elsewhere. */
class TakeOverTest extends DatabaseTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final RefreshOptions PATIENT = RefreshOptions.builder().waitAtMost(LONG).build();

  private Table source;

  @BeforeEach
  void createSource() {
    source = items("items", 0, 100);
  }

  private UdtfView copy() {
    return connection.createUdtfView("view", source.search(), new Copy(10));
  }

  private Elsewhere elsewhere(UdtfView view) {
    Path logs = database.resolve("_geneva");
    return new Elsewhere(logs.resolve(view.definition().uuid().toString()));
  }

  @Test
  void anOwnerElsewhereIsNamedAndLeftAlone() throws IOException {
    UdtfView view = copy();
    elsewhere(view).acquire(60_000);

    assertThatThrownBy(view::refresh)
        .isInstanceOf(RefreshInProgressException.class)
        .hasMessageStartingWith(
            "View 'view' is being refreshed by process 1 on another host (somebody), since ");

    assertThat(view.version()).isEqualTo(1);
    assertThat(view.history()).extracting(RefreshRecord::outcome).containsExactly(Outcome.RUNNING);
  }

  @Test
  void anOwnerElsewhereThatIsSilentForItsLeaseIsTakenOver() throws IOException {
    UdtfView view = copy();
    elsewhere(view).acquire(300);

    assertThat(view.refresh(PATIENT).rowsWritten()).isEqualTo(100);

    assertThat(view.history())
        .extracting(RefreshRecord::outcome)
        .containsExactly(Outcome.REFRESHED, Outcome.ABANDONED);
  }

  @Test
  void anOwnerElsewhereThatBeatsKeepsTheView() throws Exception {
    UdtfView view = copy();
    Elsewhere owner = elsewhere(view);
    owner.acquire(1_000);
    AtomicBoolean ended = new AtomicBoolean();
    CompletableFuture<Void> beating =
        CompletableFuture.runAsync(
            () -> {
              try {
                CountDownLatch never = new CountDownLatch(1);
                while (!ended.get()) {
                  owner.beat();
                  never.await(50, TimeUnit.MILLISECONDS);
                }
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    RefreshOptions options = RefreshOptions.builder().waitAtMost(Duration.ofMillis(2_500)).build();
    assertThatThrownBy(() -> view.refresh(options))
        .isInstanceOf(RefreshInProgressException.class)
        .hasMessageContaining("on another host");
    ended.set(true);
    beating.get(60, TimeUnit.SECONDS);
    assertThat(view.version()).isEqualTo(1);
  }

  @Test
  void whoeverIsTakenOverStopsAndDeletesNothing() throws Exception {
    connection.close();
    connection = Geneva.builder(database.toString()).leasePeriod(Duration.ofSeconds(1)).connect();
    source = connection.openTable("items");
    CountDownLatch running = new CountDownLatch(1);
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  try (ArrowReader reader = rows.toBatches(10)) {
                    reader.loadNextBatch();
                    out.collect(reader.getVectorSchemaRoot());
                    running.countDown();
                    // Ends when the heartbeat finds out: then the call is interrupted.
                    new CountDownLatch(1).await();
                  }
                }));
    RefreshHandle handle =
        view.refreshAsync(
            RefreshOptions.builder().checkpoints(CheckpointPolicy.everyBatch()).build());
    assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
    final var kept = Tree.names(database.resolve("view.lance/data"));

    elsewhere(view).acquire(60_000);

    assertThat(handle.toCompletableFuture())
        .failsWithin(LONG)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(RefreshInProgressException.class)
        .withMessageContaining("View 'view' was taken over by process 1 on another host");
    assertThat(Tree.names(database.resolve("view.lance/data"))).isEqualTo(kept).hasSize(1);
    assertThat(view.version()).isEqualTo(1);
    assertThatThrownBy(view::refresh).isInstanceOf(RefreshInProgressException.class);
  }

  @Test
  void whoeverWaitsFindsTheWorkDone() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  calls.incrementAndGet();
                  running.countDown();
                  goOn.await();
                }));
    RefreshHandle first = view.refreshAsync(RefreshOptions.ofDefaults());
    assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
    RefreshHandle second = connection.openUdtfView("view").refreshAsync(PATIENT);
    assertThatThrownBy(() -> connection.openUdtfView("view").refresh())
        .isInstanceOf(RefreshInProgressException.class)
        .hasMessageContaining("process " + ProcessHandle.current().pid());
    goOn.countDown();
    assertThat(first.toCompletableFuture())
        .succeedsWithin(LONG)
        .extracting(RefreshReport::status)
        .isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(second.toCompletableFuture())
        .succeedsWithin(LONG)
        .extracting(RefreshReport::status)
        .isEqualTo(RefreshReport.Status.UP_TO_DATE);
    assertThat(calls).hasValue(1);
  }

  @Test
  void whoeverOnlyLooksDoesNotMakeARefreshFail() throws IOException {
    UdtfView view = copy();
    var look = elsewhere(view).lock().orElseThrow();
    CompletableFuture<RefreshReport> refresh =
        view.refreshAsync(RefreshOptions.ofDefaults()).toCompletableFuture();
    look.close();
    assertThat(refresh).succeedsWithin(LONG);
  }

  @Test
  void aDropIsRefusedWhileAnOwnerElsewhereMayLive() throws IOException {
    UdtfView view = copy();
    elsewhere(view).acquire(60_000);
    assertThatThrownBy(() -> connection.dropUdtfView("view"))
        .isInstanceOf(RefreshInProgressException.class);
    assertThat(connection.udtfViewNames()).containsExactly("view");
  }

  @Test
  void waitingEndsWithTheTimeForAll() throws IOException {
    UdtfView view = copy();
    elsewhere(view).acquire(60_000);
    RefreshOptions options =
        RefreshOptions.builder().waitAtMost(LONG).timeout(Duration.ofMillis(300)).build();
    assertThatThrownBy(() -> view.refresh(options))
        .isInstanceOf(RefreshTimeoutException.class)
        .hasMessageContaining("still being refreshed by somebody else after PT0.3S");
  }
}
