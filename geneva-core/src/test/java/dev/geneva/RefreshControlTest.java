package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.RefreshRecord.Outcome;
import dev.geneva.TestUdtfs.Copy;
import dev.geneva.TestUdtfs.Scripted;
import dev.geneva.udtf.BatchUdtf;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watching a refresh, stopping it, and keeping two from running at once. */
class RefreshControlTest extends DatabaseTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private Table source;

  @BeforeEach
  void createSource() {
    source = items("items", 0, 1000);
  }

  /** Yields a batch, says so, waits for the test, and copies the rest. */
  private BatchUdtf pausing() {
    return Scripted.as(
        (rows, out) -> {
          try (ArrowReader reader = rows.toBatches(10)) {
            while (reader.loadNextBatch()) {
              out.collect(reader.getVectorSchemaRoot());
              running.countDown();
              await(goOn);
            }
          }
        });
  }

  @Test
  void listenerHearsOfTheStagesInOrderAndOfTheEnd() {
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(10));
    List<RefreshProgress> heard = Collections.synchronizedList(new ArrayList<>());

    view.refresh(RefreshOptions.builder().listener(heard::add).build());

    assertThat(heard.stream().map(RefreshProgress::stage).distinct())
        .containsExactly(Stage.INSPECT, Stage.PLAN, Stage.RUN, Stage.COMMIT);
    assertThat(heard).extracting(RefreshProgress::elapsed).isSorted();
    assertThat(heard).extracting(RefreshProgress::rowsRead).isSorted();
    assertThat(heard).extracting(RefreshProgress::rowsWritten).isSorted();
    RefreshProgress end = heard.get(heard.size() - 1);
    assertThat(end.stage()).isEqualTo(Stage.COMMIT);
    assertThat(end.partitionsTotal()).isEqualTo(1);
    assertThat(end.partitionsDone()).isEqualTo(1);
    assertThat(end.rowsTotal()).isEqualTo(1000);
    assertThat(end.rowsRead()).isEqualTo(1000);
    assertThat(end.rowsWritten()).isEqualTo(1000);
    assertThat(end.batchesWritten()).isEqualTo(100);
  }

  @Test
  void listenerHearsWhileTheFunctionRuns() {
    CountDownLatch heard = new CountDownLatch(3);
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  rows.toArrow().close();
                  await(heard);
                }));

    view.refresh(
        RefreshOptions.builder()
            .listener(
                progress -> {
                  if (progress.rowsRead() == 1000) {
                    heard.countDown();
                  }
                })
            .build());

    assertThat(heard.getCount()).isZero();
  }

  @Test
  void listenerThatThrowsDoesNoHarm() {
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(10));
    RefreshListener broken =
        progress -> {
          throw new UnsupportedOperationException("on purpose");
        };

    RefreshReport report = view.refresh(RefreshOptions.builder().listener(broken).build());

    assertThat(report.status()).isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(view.countRows()).isEqualTo(1000);
  }

  @Test
  void concurrencyBelowOneIsRefused() {
    assertThatThrownBy(() -> RefreshOptions.builder().concurrency(0))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("at least 1, not 0");
  }

  @Test
  void refreshInTheBackgroundShowsItsProgressAndCompletesWithTheReport() {
    UdtfView view = connection.createUdtfView("view", source.search(), pausing());

    RefreshHandle handle = view.refreshAsync(RefreshOptions.ofDefaults());

    await(running);
    RefreshProgress progress = handle.progress();
    assertThat(progress.stage()).isEqualTo(Stage.RUN);
    assertThat(progress.partitionsTotal()).isEqualTo(1);
    assertThat(progress.partitionsDone()).isZero();
    assertThat(progress.rowsTotal()).isEqualTo(1000);
    assertThat(progress.rowsRead()).isEqualTo(10);
    assertThat(progress.rowsWritten()).isEqualTo(10);
    assertThat(view.countRows()).as("nobody sees it half-made").isZero();
    assertThat(view.history()).extracting(RefreshRecord::outcome).containsExactly(Outcome.RUNNING);
    goOn.countDown();
    assertThat(handle.toCompletableFuture())
        .succeedsWithin(LONG)
        .extracting(RefreshReport::rowsWritten)
        .isEqualTo(1000L);
    assertThat(view.countRows()).isEqualTo(1000);
    assertThat(view.history())
        .extracting(RefreshRecord::outcome)
        .containsExactly(Outcome.REFRESHED);
    handle.cancel(); // too late, and no harm
    assertThat(view.countRows()).isEqualTo(1000);
  }

  @Test
  void failureInTheBackgroundIsTheOneThatRefreshWouldThrow() {
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  throw new IllegalStateException("on purpose");
                }));

    assertThat(view.refreshAsync(RefreshOptions.ofDefaults()).toCompletableFuture())
        .failsWithin(LONG)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(PartitionFailedException.class)
        .withMessageContaining("on purpose");
  }

  @Test
  void cancelledRefreshStopsAtItsNextBatchAndLeavesTheViewAsItWas() {
    UdtfView view = connection.createUdtfView("view", source.search(), pausing());
    Path data = database.resolve("view.lance/data");

    RefreshHandle handle = view.refreshAsync(RefreshOptions.ofDefaults());
    await(running);
    handle.cancel();
    handle.cancel();
    goOn.countDown();

    assertThat(handle.toCompletableFuture())
        .failsWithin(LONG)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(RefreshCancelledException.class);
    assertThat(handle.progress().rowsRead()).isEqualTo(10);
    assertThat(view.version()).isEqualTo(1);
    assertThat(view.countRows()).isZero();
    List<String> kept = Tree.names(data);
    RefreshRecord last = view.history().get(0);
    assertThat(last.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(last.endedAt()).isPresent();
    assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 1000));
    assertThat(Tree.names(data)).as("what was finished is used").containsAll(kept);
  }

  @Test
  void refreshThatIsCancelledAsItsCommitBeginsIsCommittedByTheNext() {
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(10));
    CompletableFuture<RefreshHandle> handle = new CompletableFuture<>();
    RefreshListener cancelling =
        progress -> {
          if (progress.stage() == Stage.COMMIT) {
            handle.join().cancel();
          }
        };

    handle.complete(view.refreshAsync(RefreshOptions.builder().listener(cancelling).build()));

    assertThat(handle.join().toCompletableFuture())
        .failsWithin(LONG)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(RefreshCancelledException.class);
    assertThat(view.version()).isEqualTo(1);
    assertThat(view.history())
        .extracting(RefreshRecord::outcome)
        .containsExactly(Outcome.CANCELLED);
    List<String> kept = Tree.names(database.resolve("view.lance/data"));

    RefreshReport report = view.refresh();

    assertThat(report.partitionsRun()).isZero();
    assertThat(report.partitionsResumed()).isEqualTo(1);
    assertThat(report.rowsRead()).isZero();
    assertThat(report.rowsWritten()).isEqualTo(1000);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 1000));
    assertThat(Tree.names(database.resolve("view.lance/data"))).isEqualTo(kept);
  }

  @Test
  void functionThatSwallowsItsCancellationIsCancelledAllTheSame() {
    UdtfView view =
        connection.createUdtfView(
            "view",
            source.search(),
            Scripted.as(
                (rows, out) -> {
                  running.countDown();
                  await(goOn);
                  try {
                    out.collectRecords(Item.range(0, 1));
                  } catch (RefreshCancelledException e) {
                    // as if nothing had happened
                  }
                }));

    RefreshHandle handle = view.refreshAsync(RefreshOptions.ofDefaults());
    await(running);
    handle.cancel();
    goOn.countDown();

    assertThat(handle.toCompletableFuture())
        .failsWithin(LONG)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(RefreshCancelledException.class);
    assertThat(view.version()).isEqualTo(1);
  }

  @Test
  void interruptedCallerCancelsItsRefreshAndStaysInterrupted() throws Exception {
    UdtfView view = connection.createUdtfView("view", source.search(), pausing());
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                view.refresh();
                interrupted.completeExceptionally(new AssertionError("It went on."));
              } catch (RefreshCancelledException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
              } catch (Throwable e) {
                interrupted.completeExceptionally(e);
              }
            });
    caller.start();
    await(running);
    caller.interrupt();
    org.awaitility.Awaitility.await()
        .atMost(LONG)
        .until(() -> interrupted.isDone() || !caller.isInterrupted());
    goOn.countDown();

    assertThat(interrupted).succeedsWithin(LONG).isEqualTo(true);
    caller.join();
    assertThat(view.version()).isEqualTo(1);
    assertThat(view.history())
        .extracting(RefreshRecord::outcome)
        .containsExactly(Outcome.CANCELLED);
  }

  @Test
  void callerThatIsInterruptedAlreadyGetsACancelledRefresh() {
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(10));
    try {
      Thread.currentThread().interrupt();
      assertThatThrownBy(view::refresh).isInstanceOf(RefreshCancelledException.class);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(view.version()).isEqualTo(1);
    assertThat(view.refresh().rowsWritten()).isEqualTo(1000);
  }

  @Test
  void ofTwoRefreshesAtOnceOneWorksAndTheOtherNamesTheOwner() {
    UdtfView view = connection.createUdtfView("view", source.search(), pausing());
    RefreshHandle owner = view.refreshAsync(RefreshOptions.ofDefaults());
    await(running);

    assertInProgress(view::refresh);
    assertInProgress(connection.openUdtfView("view")::refresh);
    assertInProgress(() -> connection.dropUdtfView("view"));
    try (Connection other = Geneva.connect(database.toString())) {
      assertInProgress(other.openUdtfView("view")::refresh);
      assertInProgress(() -> other.dropUdtfView("view"));
    }

    goOn.countDown();
    assertThat(owner.toCompletableFuture())
        .succeedsWithin(LONG)
        .extracting(RefreshReport::status)
        .isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(view.history()).hasSize(1);
    assertThat(view.refresh().status()).isEqualTo(RefreshReport.Status.UP_TO_DATE);
  }

  @Test
  void ofManyRefreshesAtOnceExactlyOneWorks() {
    UdtfView view = connection.createUdtfView("view", source.search(), new Copy(10));
    CountDownLatch start = new CountDownLatch(1);
    List<CompletableFuture<String>> outcomes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      UdtfView handle = i % 2 == 0 ? view : connection.openUdtfView("view");
      CompletableFuture<String> outcome = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                await(start);
                try {
                  outcome.complete(handle.refresh().status().name());
                } catch (RefreshInProgressException e) {
                  outcome.complete("IN_PROGRESS");
                } catch (Throwable e) {
                  outcome.completeExceptionally(e);
                }
              });
      thread.start();
      outcomes.add(outcome);
    }
    start.countDown();

    assertThat(outcomes.stream().map(CompletableFuture::join))
        .containsOnlyOnce("REFRESHED")
        .isSubsetOf("REFRESHED", "UP_TO_DATE", "IN_PROGRESS");
    assertThat(view.history()).hasSize(1);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 1000));
  }

  @Test
  void viewsOfOneSourceAreRefreshedAtOnce() {
    UdtfView waiting = connection.createUdtfView("waiting", source.search(), pausing());
    UdtfView other = connection.createUdtfView("other", source.search(), new Copy(10));

    RefreshHandle handle = waiting.refreshAsync(RefreshOptions.ofDefaults());
    await(running);
    assertThat(other.refresh().status()).isEqualTo(RefreshReport.Status.REFRESHED);
    assertThat(Map.of("other", other.countRows(), "waiting", waiting.countRows()))
        .isEqualTo(Map.of("other", 1000L, "waiting", 0L));
    goOn.countDown();

    assertThat(handle.toCompletableFuture()).succeedsWithin(LONG);
  }

  private static void assertInProgress(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(RefreshInProgressException.class)
        .hasMessageContainingAll("'view'", "process " + ProcessHandle.current().pid());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
