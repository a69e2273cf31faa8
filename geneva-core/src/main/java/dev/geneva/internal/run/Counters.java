package dev.geneva.internal.run;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the tasks of one refresh have done so far. Thread-safe. */
public final class Counters {

  private final LongAdder rowsRead = new LongAdder();
  private final LongAdder rowsWritten = new LongAdder();
  private final LongAdder batchesWritten = new LongAdder();
  private final AtomicInteger partitionsDone = new AtomicInteger();

  void read(long rows) {
    rowsRead.add(rows);
  }

  void wrote(long rows) {
    rowsWritten.add(rows);
    batchesWritten.increment();
  }

  void partitionDone() {
    partitionsDone.incrementAndGet();
  }

  /** Rows handed to the function. */
  public long rowsRead() {
    return rowsRead.sum();
  }

  /** Rows taken from the function. */
  public long rowsWritten() {
    return rowsWritten.sum();
  }

  /** Batches taken from the function. */
  public long batchesWritten() {
    return batchesWritten.sum();
  }

  /** Partitions that ended. */
  public int partitionsDone() {
    return partitionsDone.get();
  }
}
