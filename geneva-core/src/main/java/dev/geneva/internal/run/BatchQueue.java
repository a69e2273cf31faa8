package dev.geneva.internal.run;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
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
  Optional<ArrowRecordBatch> take() throws InterruptedException {
    return take(Long.MAX_VALUE);
  }

  /**
   * The next batch, which the caller then owns; waits for one.
   *
   * @param patience the most nanoseconds to wait
   * @return empty at the end, or if the time is up
   */
  synchronized Optional<ArrowRecordBatch> take(long patience) throws InterruptedException {
    awaitNext(patience);
    ArrowRecordBatch batch = batches.poll();
    if (batch == null) {
      return Optional.empty();
    }
    bytes -= batch.computeBodyLength();
    notifyAll();
    return Optional.of(batch);
  }

  /** Waits for a batch; false at the end. */
  synchronized boolean awaitNext() throws InterruptedException {
    awaitNext(Long.MAX_VALUE);
    return !batches.isEmpty();
  }

  private void awaitNext(long patience) throws InterruptedException {
    long begin = System.nanoTime();
    long left = patience;
    while (batches.isEmpty() && !complete && abandoned == null && left > 0) {
      if (patience == Long.MAX_VALUE) {
        wait();
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = patience - (System.nanoTime() - begin);
      }
    }
    if (abandoned != null) {
      throw abandoned;
    }
  }

  /** Whether the last batch has been taken. */
  synchronized boolean isAtEnd() {
    return complete && batches.isEmpty();
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
