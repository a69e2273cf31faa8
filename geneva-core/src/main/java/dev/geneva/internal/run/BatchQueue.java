package dev.geneva.internal.run;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * Hands batches from the function's thread to the writer's, and holds the function back while the
 * writer lags. Thread-safe, for one of each.
 */
final class BatchQueue {

  private static final int MOST_BATCHES = 4;
  private static final long MOST_BYTES = 64L << 20;

  private final Queue<ArrowRecordBatch> batches = new ArrayDeque<>();
  private long bytes;
  private boolean complete;
  private boolean writerGone;
  private @Nullable RuntimeException abandoned;

  /**
   * Adds a batch, which the queue then owns; waits while it is full.
   *
   * @return false if the writer is gone; then the batch is released
   */
  synchronized boolean put(ArrowRecordBatch batch) {
    boolean interrupted = false;
    while (!writerGone && isFull(batch)) {
      try {
        wait();
      } catch (InterruptedException e) {
        // The writer always ends, so the wait does; the function sees the interrupt afterwards.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (writerGone) {
      batch.close();
      return false;
    }
    batches.add(batch);
    bytes += batch.computeBodyLength();
    notifyAll();
    return true;
  }

  private boolean isFull(ArrowRecordBatch batch) {
    return batches.size() >= MOST_BATCHES
        || (!batches.isEmpty() && bytes + batch.computeBodyLength() > MOST_BYTES);
  }

  /** The next batch, which the caller then owns; waits for one; empty at the end. */
  synchronized Optional<ArrowRecordBatch> take() throws InterruptedException {
    while (batches.isEmpty() && !complete && abandoned == null) {
      wait();
    }
    if (abandoned != null) {
      throw abandoned;
    }
    ArrowRecordBatch batch = batches.poll();
    if (batch == null) {
      return Optional.empty();
    }
    bytes -= batch.computeBodyLength();
    notifyAll();
    return Optional.of(batch);
  }

  /** No more batches will come. */
  synchronized void complete() {
    complete = true;
    notifyAll();
  }

  /** No more batches will come, and those that did are worthless: the writer gets the reason. */
  synchronized void abandon(RuntimeException reason) {
    abandoned = reason;
    release();
    notifyAll();
  }

  /** The writer has ended, well or not. */
  synchronized void writerGone() {
    writerGone = true;
    release();
    notifyAll();
  }

  private void release() {
    batches.forEach(ArrowRecordBatch::close);
    batches.clear();
    bytes = 0;
  }
}
