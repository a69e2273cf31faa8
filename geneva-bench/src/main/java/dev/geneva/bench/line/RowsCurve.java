package dev.geneva.bench.line;

import dev.geneva.bench.Workload;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Trial;

/** A streamed transform of more and more rows. */
final class RowsCurve extends Curve {

  RowsCurve() {
    super(
        "growth-rows",
        "Growth: rows",
        "The narrow streamed transform of more and more rows.",
        "rows",
        sizes(10_000, 100_000),
        sizes(10_000, 100_000, 1_000_000, 5_000_000, 20_000_000));
  }

  @Override
  Trial open(long size, Setting setting) throws Exception {
    return StreamedTransformLine.open(Workload.NARROW, size, false, setting);
  }
}
