package dev.geneva.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts partitions into tasks: runs of partitions that are adjacent in the order of keys, of about
 * equal work. Then puts together what is read in one pass: as many tasks as fit into memory, since
 * each pass is a scan of the source.
 */
final class TaskCutter {

  /**
   * With so many tasks for each worker, the last ones to end keep the others waiting for a quarter
   * of the time at most. Each task more is a file more, which costs milliseconds.
   */
  static final int TASKS_PER_WORKER = 4;

  /** Of several passes the next is read meanwhile, so each needs tasks for all workers only. */
  private static final int TASKS_PER_WORKER_AND_PASS = 2;

  private final int workers;
  private final long bytesPerRow;
  private final long memory;
  private final long mostRows;
  private final long mostRowsOfSeveral;

  /**
   * Cuts for a place.
   *
   * @param workers tasks that run at a time
   * @param bytesPerRow of the rows in memory, about; at least 1
   * @param memory bytes that all rows in memory may take
   */
  TaskCutter(int workers, long bytesPerRow, long memory) {
    this.workers = workers;
    this.bytesPerRow = bytesPerRow;
    this.memory = memory;
    this.mostRows = Math.max(1, memory / bytesPerRow);
    // The next pass is read while the last tasks of the one before still run.
    this.mostRowsOfSeveral = Math.max(1, memory / 2 / bytesPerRow);
  }

  /** The passes, in the order of their first keys, with their tasks in the order of keys. */
  List<Pass> cut(List<Partition> partitions) {
    long total = partitions.stream().mapToLong(Partition::rows).sum();
    long mostOfPass = total <= mostRows ? mostRows : mostRowsOfSeveral;
    List<Pass> passes = new ArrayList<>();
    List<Task> together = new ArrayList<>();
    long rows = 0;
    for (Task task : tasks(partitions, target(total, mostOfPass), mostOfPass)) {
      if (task.streamed()) {
        passes.add(Pass.of(task));
        continue;
      }
      if (!together.isEmpty() && rows + task.rows() > mostOfPass) {
        passes.add(new Pass(together));
        together = new ArrayList<>();
        rows = 0;
      }
      together.add(task);
      rows += task.rows();
    }
    if (!together.isEmpty()) {
      passes.add(new Pass(together));
    }
    return passes;
  }

  /** The rows that a task should have. */
  private long target(long total, long mostOfPass) {
    if (workers == 1) {
      return mostOfPass;
    }
    long even = shares(total, (long) workers * TASKS_PER_WORKER);
    return total <= mostOfPass
        ? even
        : Math.min(even, shares(mostOfPass, (long) workers * TASKS_PER_WORKER_AND_PASS));
  }

  private static long shares(long rows, long count) {
    return Math.max(1, (rows + count - 1) / count);
  }

  private static List<Task> tasks(List<Partition> partitions, long target, long mostOfPass) {
    List<Task> tasks = new ArrayList<>();
    List<Partition> present = new ArrayList<>();
    long rows = 0;
    for (Partition partition : partitions) {
      if (!present.isEmpty() && rows + partition.rows() > target) {
        tasks.add(new Task(tasks.size(), present, rows > mostOfPass));
        present = new ArrayList<>();
        rows = 0;
      }
      present.add(partition);
      rows += partition.rows();
    }
    if (!present.isEmpty()) {
      tasks.add(new Task(tasks.size(), present, rows > mostOfPass));
    }
    return tasks;
  }

  /** Why there are so many tasks, for people. */
  String reasonForTasks() {
    return workers == 1
        ? "for one worker, each as large as memory allows"
        : String.format(
            Locale.ROOT,
            "at most about %d of equal size for each of %d workers, so that the last ones to end keep nobody waiting long; no partition is divided",
            TASKS_PER_WORKER,
            workers);
  }

  /**
   * Why there are so many scans, for people.
   *
   * @param streamed how many of the passes are streamed
   */
  String reasonForScans(List<Pass> passes, int streamed) {
    long bytes = passes.stream().mapToLong(Pass::rows).sum() * bytesPerRow;
    StringBuilder reason = new StringBuilder(200);
    if (bytes <= mostRows * bytesPerRow) {
      reason.append(
          String.format(
              Locale.ROOT,
              "all rows are in memory at a time, which may be %,d bytes: a quarter of the local memory",
              memory));
    } else {
      reason.append(
          String.format(
              Locale.ROOT,
              "of the rows, %,d bytes may be in memory at a time, a quarter of the local memory: half for a scan, half for the next",
              memory));
    }
    if (streamed > 0) {
      reason.append(
          String.format(
              Locale.ROOT,
              "; %,d partition%s of more than %,d rows %s streamed, each read being a scan",
              streamed,
              streamed == 1 ? "" : "s",
              mostRowsOfSeveral,
              streamed == 1 ? "is" : "are"));
    }
    return reason.toString();
  }
}
