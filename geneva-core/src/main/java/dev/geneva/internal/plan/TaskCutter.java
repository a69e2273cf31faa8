package dev.geneva.internal.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts partitions into tasks: runs of partitions that are adjacent in the order of keys, of about
 * equal work. A task's rows are read in one scan of the source, so each task more is a scan more.
 */
final class TaskCutter {

  /**
   * With so many tasks for each worker, the last ones to end don't keep the others waiting long.
   */
  private static final int TASKS_PER_WORKER = 4;

  private final int workers;
  private final long bytesPerRow;
  private final long memoryPerTask;

  /**
   * Cuts for a place.
   *
   * @param workers tasks that run at a time
   * @param bytesPerRow of the rows in memory, about
   * @param memoryPerTask bytes that a task's rows may take
   */
  TaskCutter(int workers, long bytesPerRow, long memoryPerTask) {
    this.workers = workers;
    this.bytesPerRow = Math.max(1, bytesPerRow);
    this.memoryPerTask = memoryPerTask;
  }

  /** The tasks, in the order of keys. */
  List<Task> cut(List<Partition> partitions) {
    // A vector's offsets and our row numbers are 32-bit.
    long mostRows =
        Math.max(1, Math.min(memoryPerTask / bytesPerRow, Integer.MAX_VALUE / bytesPerRow));
    long total = partitions.stream().mapToLong(Partition::rows).sum();
    int wanted = workers == 1 ? 1 : workers * TASKS_PER_WORKER;
    long target = Math.min(mostRows, Math.max(1, (total + wanted - 1) / wanted));
    List<Task> tasks = new ArrayList<>();
    List<Partition> present = new ArrayList<>();
    long rows = 0;
    for (Partition partition : partitions) {
      if (!present.isEmpty() && rows + partition.rows() > target) {
        tasks.add(new Task(tasks.size(), present, rows > mostRows));
        present = new ArrayList<>();
        rows = 0;
      }
      present.add(partition);
      rows += partition.rows();
    }
    if (!present.isEmpty()) {
      tasks.add(new Task(tasks.size(), present, rows > mostRows));
    }
    return tasks;
  }
}
