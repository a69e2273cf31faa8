package dev.geneva.internal.run;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchQueueTest {

  private static final long MIB = 1 << 20;

  private final BatchQueue queue = new BatchQueue();
  private RootAllocator allocator;
  private Thread other;

  @BeforeEach
  void openAllocator() {
    allocator = new RootAllocator();
  }

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    if (other != null) {
      other.join(30_000);
      assertThat(other.isAlive()).isFalse();
    }
    allocator.close();
  }

  @Test
  void batchesComeOutInTheOrderInWhichTheyWentIn() throws Exception {
    for (int rows = 1; rows <= 4; rows++) {
      assertThat(queue.put(batch(rows, 8))).isTrue();
    }
    queue.complete();
    for (int rows = 1; rows <= 4; rows++) {
      try (ArrowRecordBatch batch = queue.take().orElseThrow()) {
        assertThat(batch.getLength()).isEqualTo(rows);
      }
    }
    assertThat(queue.take()).isEmpty();
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void theFifthBatchWaitsUntilOneIsTaken() throws Exception {
    for (int i = 0; i < 4; i++) {
      queue.put(batch(1, 8));
    }
    FutureTask<Boolean> fifth = inBackground(() -> queue.put(batch(5, 8)));
    awaitWaiting();

    queue.take().orElseThrow().close();

    assertThat(fifth.get(30, SECONDS)).isTrue();
    queue.writerGone();
  }

  @Test
  void bytesCountToo() throws Exception {
    queue.put(batch(1, 40 * MIB));
    FutureTask<Boolean> second = inBackground(() -> queue.put(batch(2, 40 * MIB)));
    awaitWaiting();
    assertThat(second).isNotDone();

    queue.take().orElseThrow().close();

    assertThat(second.get(30, SECONDS)).isTrue();
    assertThat(queue.put(batch(3, 20 * MIB))).as("60 of 64 MiB").isTrue();
    queue.writerGone();
  }

  @Test
  void aBatchThatIsLargerThanTheBoundPassesAlone() throws Exception {
    assertThat(queue.put(batch(1, 65 * MIB))).isTrue();
    FutureTask<Boolean> second = inBackground(() -> queue.put(batch(2, 8)));
    awaitWaiting();

    queue.take().orElseThrow().close();

    assertThat(second.get(30, SECONDS)).isTrue();
    queue.take().orElseThrow().close();
    assertThat(queue.put(batch(3, 65 * MIB))).isTrue();
    queue.writerGone();
  }

  @Test
  void aWriterWaitsForABatch() throws Exception {
    FutureTask<Integer> taken =
        inBackground(
            () -> {
              try (ArrowRecordBatch batch = queue.take().orElseThrow()) {
                return batch.getLength();
              }
            });
    awaitWaiting();

    queue.put(batch(7, 8));

    assertThat(taken.get(30, SECONDS)).isEqualTo(7);
  }

  @Test
  void completionWakesTheWriter() throws Exception {
    FutureTask<Boolean> ended = inBackground(() -> queue.take().isEmpty());
    awaitWaiting();

    queue.complete();

    assertThat(ended.get(30, SECONDS)).isTrue();
  }

  @Test
  void abandoningReleasesWhatIsThereAndWakesTheWriterWithTheReason() throws Exception {
    queue.put(batch(1, 8));
    queue.put(batch(2, 8));
    IllegalStateException reason = new IllegalStateException("The attempt has ended.");
    queue.abandon(reason);

    assertThat(allocator.getAllocatedMemory()).isZero();
    assertThatThrownBy(queue::take).isSameAs(reason);
  }

  @Test
  void abandoningWakesAWriterThatWaits() throws Exception {
    FutureTask<Boolean> taken = inBackground(() -> queue.take().isEmpty());
    awaitWaiting();

    queue.abandon(new IllegalStateException("The attempt has ended."));

    assertThatThrownBy(() -> taken.get(30, SECONDS)).hasRootCauseMessage("The attempt has ended.");
  }

  @Test
  void aWriterThatIsGoneReleasesWhatIsThereAndWakesTheProducer() throws Exception {
    for (int i = 0; i < 4; i++) {
      queue.put(batch(1, 8));
    }
    FutureTask<Boolean> fifth = inBackground(() -> queue.put(batch(5, 8)));
    awaitWaiting();

    queue.writerGone();

    assertThat(fifth.get(30, SECONDS)).isFalse();
    assertThat(allocator.getAllocatedMemory()).isZero();
    assertThat(queue.put(batch(6, 8))).isFalse();
    assertThat(allocator.getAllocatedMemory()).isZero();
  }

  @Test
  void anInterruptOfTheProducerDoesNotLoseABatchAndIsKept() throws Exception {
    for (int i = 0; i < 4; i++) {
      queue.put(batch(1, 8));
    }
    FutureTask<Boolean> fifth =
        inBackground(() -> queue.put(batch(5, 8)) && Thread.currentThread().isInterrupted());
    awaitWaiting();
    other.interrupt();
    awaitWaiting();
    assertThat(fifth).isNotDone();

    queue.take().orElseThrow().close();

    assertThat(fifth.get(30, SECONDS)).isTrue();
    queue.writerGone();
  }

  private ArrowRecordBatch batch(int rows, long bytes) {
    try (ArrowBuf buffer = allocator.buffer(bytes)) {
      buffer.writerIndex(bytes);
      return new ArrowRecordBatch(rows, List.of(new ArrowFieldNode(rows, 0)), List.of(buffer));
    }
  }

  private <T> FutureTask<T> inBackground(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    other = new Thread(task, "other");
    other.start();
    return task;
  }

  private void awaitWaiting() {
    await().atMost(30, SECONDS).until(() -> other.getState() == Thread.State.WAITING);
  }
}
