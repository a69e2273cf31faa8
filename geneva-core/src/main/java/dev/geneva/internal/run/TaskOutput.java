package dev.geneva.internal.run;

import dev.geneva.NondeterministicUdtfException;
import dev.geneva.internal.arrow.BatchCopy;
import dev.geneva.internal.checkpoint.BatchMark;
import dev.geneva.internal.checkpoint.DurableBatches;
import dev.geneva.internal.lance.StagedFile;
import dev.geneva.internal.plan.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where the output of a task's partitions goes, one partition after the other. Small ones are
 * gathered and share a file; one that grows large, or is slow, gets files of its own, to which it
 * streams. A shared file only ever holds finished partitions. Used by one thread, but for {@link
 * #flushIfDue}.
 */
final class TaskOutput implements AutoCloseable {

  /** A partition with more output than this gets files of its own. */
  private static final long LARGE_BYTES = 8L << 20;

  /**
   * Gathered rows are handed to a writer when there are so many, or so much. Until then they are
   * only gathered, and the file is written at once, without a writer's thread.
   */
  private static final int FLUSH_ROWS = 1 << 17;

  private final Workplace workplace;
  private final String view;
  private final Schema schema;
  private final Optional<CommonFiles> common;
  private final boolean alone;
  private final CheckpointWindow taskWindow;

  private final GatheredRows gathered;
  private @Nullable StagedWriter shared;
  private final List<PartitionResult> sharing = new ArrayList<>();
  private final List<FileGroup> groups = new ArrayList<>();

  /** When what is finished but not durable began to wait. */
  private long sharingSince;

  private @Nullable Present present;
  private @Nullable RuntimeException flushFailure;

  /** The partition at hand. */
  private static final class Present {
    private final Partition partition;
    private final CheckpointWindow window;

    /** What is durable of it; the batches that come first are compared with it. */
    private DurableBatches durable;

    private int compared;
    private long bytes;

    /** Of batches that aren't on their way to a file. */
    private List<BatchMark> waiting = new ArrayList<>();

    private long waitingSince;
    private @Nullable StagedWriter own;

    Present(Partition partition, CheckpointWindow window) {
      this.partition = partition;
      this.window = window;
      this.durable = partition.durable();
    }

    boolean isCompared() {
      return compared == durable.marks().size();
    }

    void letWait(@Nullable BatchMark mark) {
      if (waiting.isEmpty()) {
        waitingSince = System.nanoTime();
      }
      if (mark != null) {
        waiting.add(mark);
      }
    }

    List<BatchMark> takeWaiting() {
      List<BatchMark> taken = waiting;
      waiting = new ArrayList<>();
      return taken;
    }
  }

  /**
   * Writes a task's output.
   *
   * @param common files for the last rows of several tasks, if there are such files
   * @param alone whether the task has only one partition, which needn't be gathered then
   */
  TaskOutput(
      Workplace workplace,
      String view,
      Schema schema,
      Optional<CommonFiles> common,
      boolean alone) {
    this.workplace = workplace;
    this.view = view;
    this.schema = schema;
    this.common = common;
    this.alone = alone;
    this.taskWindow = CheckpointWindow.beginning(workplace.checkpoints().policy());
    this.gathered = new GatheredRows(schema, workplace.allocator());
  }

  /** A partition begins. */
  synchronized void begin(Partition partition) {
    present = new Present(partition, CheckpointWindow.beginning(workplace.checkpoints().policy()));
    // Others' rows, which are there already, may belong between two that don't follow one another.
    boolean gap =
        !sharing.isEmpty()
            && sharing.get(sharing.size() - 1).partition().ordinal() + 1 != partition.ordinal();
    if (gap || !partition.durable().isEmpty()) {
      closeShared();
    }
  }

  private Present present() {
    return Objects.requireNonNull(present, "no partition was begun");
  }

  /** Whether batches are to be marked. */
  synchronized boolean wantsMarks() {
    return !taskWindow.policy().isOff() || !present().durable.isEmpty();
  }

  /**
   * Adds a batch to the present partition; waits while the writer lags. One that is durable already
   * is only compared.
   *
   * @param batch of the schema's columns; copied
   * @param mark of the batch; ignored unless {@link #wantsMarks}
   * @throws NondeterministicUdtfException if it differs from the one that is durable
   * @throws RuntimeException if the storage failed
   */
  synchronized void write(VectorSchemaRoot batch, @Nullable BatchMark mark) {
    requireFlushed();
    Present now = present();
    if (!now.isCompared()) {
      compare(now, Objects.requireNonNull(mark));
      return;
    }
    if (batch.getRowCount() == 0) {
      now.letWait(mark); // goes with the next one
      return;
    }
    boolean streams =
        now.own != null || alone || taskWindow.policy().isEveryBatch() || !now.durable.isEmpty();
    if (!streams) {
      now.bytes += GatheredRows.bytes(batch);
      if (now.bytes <= LARGE_BYTES) {
        gathered.append(batch);
        now.letWait(mark);
        return;
      }
    }
    StagedWriter own = moveToOwn(now);
    now.letWait(mark);
    own.write(
        BatchCopy.copy(batch, workplace.allocator()),
        now.takeWaiting(),
        new MapDictionaryProvider());
  }

  private static void compare(Present now, BatchMark mark) {
    BatchMark before = now.durable.marks().get(now.compared);
    if (!before.equals(mark)) {
      throw new NondeterministicUdtfException(
          "batch %d differs from the one that an interrupted refresh got on the same rows (%d rows then, %d now)"
              .formatted(now.compared + 1, before.rows(), mark.rows()));
    }
    now.compared++;
  }

  /** The present partition turns out to be large or slow: it gets files of its own. */
  private StagedWriter moveToOwn(Present now) {
    if (now.own != null) {
      return now.own;
    }
    StagedWriter writer =
        new StagedWriter(
            workplace,
            view,
            schema,
            now.window,
            batches -> workplace.checkpoints().durable(now.partition, batches));
    now.own = writer;
    if (gathered.hasUnfinished()) {
      List<BatchMark> marks = now.takeWaiting();
      writer.write(gathered.takeUnfinished(), marks, new MapDictionaryProvider());
    }
    closeShared();
    return writer;
  }

  /**
   * The present partition is whole.
   *
   * @throws NondeterministicUdtfException if it has fewer batches than are durable
   */
  synchronized void finish(PartitionResult result) {
    requireFlushed();
    Present now = present();
    if (!now.isCompared()) {
      throw new NondeterministicUdtfException(
          "it yielded %d batches; an interrupted refresh got at least %d on the same rows"
              .formatted(now.compared, now.durable.marks().size()));
    }
    if (now.own != null || alone || !now.durable.isEmpty()) {
      List<StagedFile> files = new ArrayList<>(now.durable.files());
      if (now.own != null) {
        files.addAll(now.own.finish());
        now.own = null;
      }
      done(new FileGroup(files, List.of(result)));
    } else {
      if (sharing.isEmpty()) {
        sharingSince = System.nanoTime();
      }
      sharing.add(result);
      gathered.finish();
      if (isSharingDue()) {
        closeShared();
      } else if (gathered.finished() >= FLUSH_ROWS || gathered.bytes() > LARGE_BYTES) {
        flush();
      }
    }
    present = null;
  }

  private void done(FileGroup group) {
    groups.add(group);
    if (!taskWindow.policy().isOff()) {
      workplace.checkpoints().finished(group);
    }
  }

  private boolean isSharingDue() {
    long now = System.nanoTime();
    return !sharing.isEmpty() && now - sharingSince >= taskWindow.nanos(now);
  }

  /**
   * Makes durable what has waited long enough, though the function is still at work on a partition:
   * to be called now and then by another thread.
   */
  synchronized void flushIfDue() {
    if (flushFailure != null) {
      return;
    }
    try {
      if (isSharingDue()) {
        closeShared();
      }
      Present now = present;
      long time = System.nanoTime();
      if (now != null
          && now.own == null
          && gathered.hasUnfinished()
          && time - now.waitingSince >= now.window.nanos(time)) {
        moveToOwn(now);
      }
    } catch (RuntimeException e) {
      flushFailure = e; // thrown on the function's thread by what comes next
    }
  }

  private void requireFlushed() {
    if (flushFailure != null) {
      throw flushFailure;
    }
  }

  /** How many batches of the present partition were durable when it began. */
  synchronized int completedBatches() {
    return present().durable.marks().size();
  }

  /** Drops what the present partition has written so far, and what was durable of it before. */
  synchronized void drop() {
    Present now = present();
    List<StagedFile> files = new ArrayList<>(now.durable.files());
    if (now.own != null) {
      now.own.close();
      files.addAll(now.own.files());
    }
    gathered.dropUnfinished();
    present =
        new Present(
            now.partition.with(DurableBatches.NONE),
            CheckpointWindow.beginning(taskWindow.policy()));
    if (!files.isEmpty()) {
      workplace.checkpoints().dropped(now.partition, files);
    }
  }

  /** The present partition is left out. */
  synchronized void skip(PartitionResult result) {
    drop();
    closeShared();
    groups.add(new FileGroup(List.of(), List.of(result)));
    present = null;
  }

  /**
   * Writes what is left, unless the tasks' common files take it.
   *
   * @return all that was written
   */
  synchronized List<FileGroup> complete() {
    requireFlushed(); // or partitions would be missing that couldn't be written
    if (!sharing.isEmpty()
        && shared == null
        && common.isPresent()
        && common.get().take(gathered, sharing)) {
      sharing.clear();
    }
    closeShared();
    return groups;
  }

  /** The task won't be completed: makes durable what it has, for the next refresh. */
  synchronized void keep() {
    if (taskWindow.policy().isOff()) {
      return;
    }
    try {
      keepPresent();
    } finally {
      closeShared(); // finished partitions don't go down with the one that failed
    }
  }

  private void keepPresent() {
    Present now = present;
    if (now != null && (now.own != null || gathered.hasUnfinished())) {
      StagedWriter own = moveToOwn(now);
      now.own = null;
      own.finish();
      if (!own.unreported().isEmpty()) {
        workplace.checkpoints().durable(now.partition, own.unreported());
      }
    }
  }

  private void flush() {
    if (gathered.finished() > 0) {
      if (shared == null) {
        shared = new StagedWriter(workplace, view, schema);
      }
      shared.write(gathered.takeFinished(), List.of(), new MapDictionaryProvider());
    }
  }

  private void closeShared() {
    if (sharing.isEmpty()) {
      return;
    }
    List<PartitionResult> partitions = List.copyOf(sharing);
    sharing.clear();
    List<StagedFile> files;
    if (shared == null) {
      files = gathered.writeFinished(workplace, view);
    } else {
      flush();
      StagedWriter writer = shared;
      shared = null;
      files = writer.finish();
    }
    done(new FileGroup(files, partitions));
  }

  /** Abandons what is being written. */
  @Override
  public synchronized void close() {
    gathered.close();
    if (present != null && present.own != null) {
      present.own.close();
    }
    if (shared != null) {
      shared.close();
    }
  }
}
