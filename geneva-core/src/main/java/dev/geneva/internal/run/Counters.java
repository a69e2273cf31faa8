package dev.geneva.internal.run;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the tasks of one refresh have done so far. Thread-safe. */
public final class Counters {

  private final LongAdder rowsRead = new LongAdder();
  private final LongAdder rowsWritten = new LongAdder();
  private final LongAdder batchesWritten = new LongAdder();
  private final AtomicInteger partitionsDone = new AtomicInteger();
  private final AtomicInteger tasksDone = new AtomicInteger();
  private volatile int workers;

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

  void taskDone() {
    tasksDone.incrementAndGet();
  }

  /** So many threads or actors are at work, or ready for it. */
  public void workers(int now) {
    workers = now;
  }

  /** Adds what was counted in another process; takes away what turned out not to count. */
  public void add(Counts more) {
    rowsRead.add(more.rowsRead());
    rowsWritten.add(more.rowsWritten());
    batchesWritten.add(more.batchesWritten());
    partitionsDone.addAndGet(more.partitionsDone());
    tasksDone.addAndGet(more.tasksDone());
  }

  /** What was counted so far. */
  public Counts counts() {
    return new Counts(rowsRead(), rowsWritten(), batchesWritten(), partitionsDone(), tasksDone());
  }

  /**
   * Counts at one time.
   *
   * @param rowsRead rows handed to the function
   * @param rowsWritten rows taken from it
   * @param batchesWritten batches taken from it
   * @param partitionsDone partitions that ended
   * @param tasksDone tasks that ended
   */
  public record Counts(
      long rowsRead, long rowsWritten, long batchesWritten, int partitionsDone, int tasksDone) {

    /** Nothing. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    /** What was counted since an earlier time. */
    public Counts since(Counts earlier) {
      return new Counts(
          rowsRead - earlier.rowsRead,
          rowsWritten - earlier.rowsWritten,
          batchesWritten - earlier.batchesWritten,
          partitionsDone - earlier.partitionsDone,
          tasksDone - earlier.tasksDone);
    }

    /** Both together. */
    public Counts plus(Counts more) {
      return new Counts(
          rowsRead + more.rowsRead,
          rowsWritten + more.rowsWritten,
          batchesWritten + more.batchesWritten,
          partitionsDone + more.partitionsDone,
          tasksDone + more.tasksDone);
    }

    /** The later of two looks at the same counters, which only grow. */
    public Counts orLater(Counts other) {
      return new Counts(
          Math.max(rowsRead, other.rowsRead),
          Math.max(rowsWritten, other.rowsWritten),
          Math.max(batchesWritten, other.batchesWritten),
          Math.max(partitionsDone, other.partitionsDone),
          Math.max(tasksDone, other.tasksDone));
    }
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

  /** Tasks that ended. */
  public int tasksDone() {
    return tasksDone.get();
  }

  /** Threads or actors that are at work, or ready for it. */
  public int workers() {
    return workers;
  }
}
