package dev.geneva.internal.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The rows of tasks that ended early and yielded little. They share files, which are written when
 * all tasks have ended: each file costs the commit, and every reader of the view. Thread-safe.
 */
final class CommonFiles implements AutoCloseable {

  /** What ends so soon is soon computed again, if the process dies before it is written. */
  static final long EARLY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** One thread writes them while the others have nothing to do. */
  private static final long MOST_BYTES = 8L << 20;

  private final Workplace workplace;
  private final String view;
  private final LongSupplier nanoTime;
  private final long begin;
  private final List<Tail> tails = new ArrayList<>();
  private long bytes;
  private boolean closed;

  /** The last rows of a task, and the partitions that they are of, which follow one another. */
  private record Tail(Schema schema, ArrowRecordBatch rows, List<PartitionResult> partitions) {
    int first() {
      return partitions.get(0).partition().ordinal();
    }

    int last() {
      return partitions.get(partitions.size() - 1).partition().ordinal();
    }
  }

  /**
   * Of a run that begins now.
   *
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  CommonFiles(Workplace workplace, String view, LongSupplier nanoTime) {
    this.workplace = workplace;
    this.view = view;
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
  }

  /**
   * Takes the rows of finished partitions, which follow one another, if they are early and few.
   *
   * @return false if they are still the caller's to write
   */
  synchronized boolean take(GatheredRows rows, List<PartitionResult> partitions) {
    long more = rows.bytes();
    if (closed || nanoTime.getAsLong() - begin > EARLY_NANOS || bytes + more > MOST_BYTES) {
      return false;
    }
    tails.add(new Tail(rows.schema(), rows.takeFinished(), List.copyOf(partitions)));
    bytes += more;
    return true;
  }

  /** Writes what was taken; nothing more is. */
  synchronized List<FileGroup> write() {
    closed = true;
    tails.sort(Comparator.comparingInt(Tail::first));
    List<FileGroup> groups = new ArrayList<>();
    for (int from = 0; from < tails.size(); ) {
      int to = from + 1;
      while (to < tails.size() && tails.get(to - 1).last() + 1 == tails.get(to).first()) {
        to++;
      }
      FileGroup group = write(tails.subList(from, to));
      if (!workplace.checkpoints().policy().isOff()) {
        workplace.checkpoints().finished(group);
      }
      groups.add(group);
      from = to;
    }
    return groups;
  }

  /** Of tails without a gap between them: others' rows may belong there. */
  private FileGroup write(List<Tail> adjacent) {
    List<PartitionResult> partitions = new ArrayList<>();
    try (GatheredRows all = new GatheredRows(adjacent.get(0).schema(), workplace.allocator())) {
      for (Tail tail : adjacent) {
        all.append(tail.rows());
        partitions.addAll(tail.partitions());
      }
      all.finish();
      return new FileGroup(all.writeFinished(workplace, view), partitions);
    }
  }

  /** The run has failed: makes durable what was taken, for the next refresh. */
  void keep() {
    if (!workplace.checkpoints().policy().isOff()) {
      write();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    tails.forEach(tail -> tail.rows().close());
    tails.clear();
  }
}
