package dev.geneva.bench.line;

import dev.geneva.bench.Workload;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Suite;
import dev.geneva.bench.suite.Trial;
import java.util.stream.Stream;

/** A streamed transform of wider and wider vectors. */
final class WidthCurve extends Curve {

  private static final long FLOATS = 25_600_000;

  WidthCurve() {
    super(
        "growth-width",
        "Growth: width of vectors",
        "Vectors handed through, 102 MB of them at every width, so that wider ones are fewer.",
        "float32 of a vector",
        sizes(32, 1_024),
        sizes(8, 32, 128, 512, 1_024));
  }

  @Override
  Trial open(long size, Setting setting) throws Exception {
    Workload workload =
        Stream.of(Workload.values()).filter(one -> one.width() == size).findFirst().orElseThrow();
    long floats = setting.suite() == Suite.QUICK ? FLOATS / 20 : FLOATS;
    return StreamedTransformLine.open(workload, floats / size, false, setting);
  }
}
