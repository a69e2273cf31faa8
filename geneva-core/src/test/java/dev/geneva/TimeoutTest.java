package dev.geneva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.TestUdtfs.Scripted;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.ErrorAction;
import dev.geneva.udtf.OnError;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time-outs of a refresh and of the calls of its function. */
class TimeoutTest extends DatabaseTest {

  private static final AtomicInteger CALLS = new AtomicInteger();

  private Table source;

  /** Hangs in its first call, and is tried again. */
  @Udtf(
      output = Item.class,
      onError =
          @OnError(
              error = TimeoutException.class,
              then = ErrorAction.RETRY,
              delay = "1 ms",
              jitter = false))
  record HangsOnce() implements BatchUdtf {
    @Override
    public void process(UdtfSource rows, BatchCollector out) throws Exception {
      if (CALLS.incrementAndGet() == 1) {
        new CountDownLatch(1).await();
      }
      try (ArrowReader reader = rows.toBatches(10)) {
        while (reader.loadNextBatch()) {
          out.collect(reader.getVectorSchemaRoot());
        }
      }
    }
  }

  @BeforeEach
  void createSource() {
    source = items("items", 0, 100);
    CALLS.set(0);
  }

  private UdtfView view(BatchUdtf script) {
    return connection.createUdtfView("view", source.search(), Scripted.as(script));
  }

  @Test
  void aRefreshThatTakesTooLongStopsAtItsNextBatch() {
    AtomicBoolean slow = new AtomicBoolean(true);
    UdtfView view =
        view(
            (rows, out) -> {
              try (ArrowReader reader = rows.toBatches(10)) {
                while (reader.loadNextBatch()) {
                  out.collect(reader.getVectorSchemaRoot());
                  if (slow.get()) {
                    new CountDownLatch(1).await(); // until it is interrupted
                  }
                }
              }
            });
    RefreshOptions options = RefreshOptions.builder().timeout(Duration.ofMillis(300)).build();

    assertThatThrownBy(() -> view.refresh(options))
        .isInstanceOf(RefreshTimeoutException.class)
        .hasMessageContaining("took longer than PT0.")
        .hasMessageContaining("the view is as it was");

    assertThat(view.history().get(0).outcome()).isEqualTo(RefreshRecord.Outcome.CANCELLED);
    slow.set(false);
    assertThat(view.refresh().rowsWritten()).isEqualTo(100);
    assertThat(Rows.items(view)).isEqualTo(Item.range(0, 100));
  }

  @Test
  void aCallThatTakesTooLongIsAnErrorThatThePolicySees() {
    UdtfView view = connection.createUdtfView("view", source.search(), new HangsOnce());
    RefreshOptions options =
        RefreshOptions.builder().partitionTimeout(Duration.ofMillis(500)).build();
    assertThat(view.refresh(options).rowsWritten()).isEqualTo(100);
    assertThat(CALLS).hasValue(2);
  }

  @Test
  void aCallThatTakesTooLongFailsWithoutAPolicy() {
    UdtfView view = view((rows, out) -> new CountDownLatch(1).await());
    RefreshOptions options =
        RefreshOptions.builder().partitionTimeout(Duration.ofMillis(200)).build();
    assertThatThrownBy(() -> view.refresh(options))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("it took longer than PT0.2S")
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void aCallThatGoesOnReadingIsStoppedAtItsNextBatch() {
    UdtfView view =
        view(
            (rows, out) -> {
              while (true) {
                try (ArrowReader reader = rows.toBatches(10)) {
                  while (reader.loadNextBatch()) {
                    Thread.interrupted();
                  }
                }
              }
            });
    RefreshOptions options =
        RefreshOptions.builder().partitionTimeout(Duration.ofMillis(200)).build();
    assertThatThrownBy(() -> view.refresh(options))
        .isInstanceOf(PartitionFailedException.class)
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void aCallThatIgnoresItsTimeIsLeftBehindAndShowsWhereItIs() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    UdtfView view =
        view(
            (rows, out) -> {
              ignoreInterrupts(goOn);
              ended.countDown();
            });
    RefreshOptions options =
        RefreshOptions.builder().partitionTimeout(Duration.ofMillis(200)).build();

    assertThatThrownBy(() -> view.refresh(options))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("doesn't stop, though its time of PT0.2S is up")
        .hasMessageContaining("geneva-view-worker-1")
        .hasMessageContaining("ignoreInterrupts");

    assertThat(view.history().get(0).outcome()).isEqualTo(RefreshRecord.Outcome.FAILED);
    goOn.countDown();
    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    // What it held is given back, so that the connection can be closed after the test.
    Awaitility.await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("geneva-view-left-behind")));
  }

  @Test
  void aRefreshWhoseCallIgnoresItsTimeIsLeftBehindToo() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    UdtfView view = view((rows, out) -> ignoreInterrupts(goOn));
    RefreshOptions options = RefreshOptions.builder().timeout(Duration.ofMillis(200)).build();
    assertThatThrownBy(() -> view.refresh(options))
        .isInstanceOf(RefreshTimeoutException.class)
        .hasMessageContaining("doesn't stop")
        .hasMessageContaining("ignoreInterrupts");
    goOn.countDown();
    Awaitility.await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("geneva-view-left-behind")));
  }

  @Test
  void timesMustBeGreaterThanZero() {
    assertThatThrownBy(() -> RefreshOptions.builder().timeout(Duration.ZERO))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("timeout must be greater than zero, not PT0S");
    assertThatThrownBy(() -> RefreshOptions.builder().partitionTimeout(Duration.ofSeconds(-1)))
        .hasMessage("partitionTimeout must be greater than zero, not PT-1S");
    assertThatThrownBy(() -> RefreshOptions.builder().waitAtMost(Duration.ofSeconds(-1)))
        .hasMessage("waitAtMost must not be negative: PT-1S");
  }

  private static void ignoreInterrupts(CountDownLatch goOn) {
    while (true) {
      try {
        goOn.await();
        return;
      } catch (InterruptedException e) {
        // as a function that was written without thought
      }
    }
  }
}
