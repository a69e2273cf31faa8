package dev.geneva.ray.internal.actor;

import dev.geneva.internal.run.SkipCount;
import dev.geneva.internal.run.SkipLimit;
import dev.geneva.ray.internal.wire.WorkerMessage.Skip;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts what a task leaves out, on top of what was left out when it began. What other workers
 * leave out meanwhile only the driver knows, which counts once more when the task has ended.
 */
final class WorkerSkips implements SkipLimit {

  private final int partitions;
  private SkipCount count;
  private final List<Skip> admitted = new ArrayList<>();

  /** At least so many have been left out: the driver may not know of this worker's last ones. */
  private int known;

  WorkerSkips(int partitions) {
    this.partitions = partitions;
    this.count = new SkipCount(partitions);
  }

  /** A task begins. */
  synchronized void begin(int skipped) {
    known = Math.max(known + admitted.size(), skipped);
    count = new SkipCount(partitions, known);
    admitted.clear();
  }

  @Override
  public synchronized boolean admit(int maxCount, double maxFraction) {
    boolean admits = count.admit(maxCount, maxFraction);
    if (admits) {
      admitted.add(new Skip(maxCount, maxFraction));
    }
    return admits;
  }

  @Override
  public int partitions() {
    return partitions;
  }

  /** What the task has left out. */
  synchronized List<Skip> admitted() {
    return List.copyOf(admitted);
  }
}
