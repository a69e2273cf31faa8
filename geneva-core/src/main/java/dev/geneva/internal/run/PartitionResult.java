package dev.geneva.internal.run;

import dev.geneva.internal.plan.Partition;
import dev.geneva.internal.view.Sidecar;
import java.util.Optional;

/**
 * How a partition ended.
 *
 * @param partition the partition
 * @param rowsRead rows handed to the function in the attempt that counts
 * @param rowsWritten rows that it yielded
 * @param batchesWritten batches that it yielded
 * @param attempts how often it was called
 * @param skippedBecause class and message of what it threw, if the error policy left it out
 */
public record PartitionResult(
    Partition partition,
    long rowsRead,
    long rowsWritten,
    long batchesWritten,
    int attempts,
    Optional<String> skippedBecause) {

  /** As the view's records have it. */
  Sidecar.Entry entry() {
    return new Sidecar.Entry(
        partition.ordinal(),
        partition.key().map(Object::toString).orElse(null),
        rowsWritten,
        batchesWritten,
        attempts,
        skippedBecause.orElse(null));
  }
}
