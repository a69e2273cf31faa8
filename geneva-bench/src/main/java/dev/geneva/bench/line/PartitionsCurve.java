package dev.geneva.bench.line;

import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Trial;

/** The same rows in more and more partitions. */
final class PartitionsCurve extends Curve {

  PartitionsCurve() {
    super(
        "growth-partitions",
        "Growth: partitions",
        "100,000 rows, counted and summed up by key with a call for each key: the whole refresh.",
        "partitions",
        sizes(1, 100),
        sizes(1, 10, 100, 1_000, 10_000, 100_000));
  }

  @Override
  Trial open(long size, Setting setting) throws Exception {
    return SmallPartitionsLine.open(SmallPartitionsLine.ROWS, (int) size, 1, setting);
  }
}
