package dev.geneva.bench.line;

import dev.geneva.bench.Workload;
import dev.geneva.bench.suite.Line;
import java.util.List;

/** All lines, in the order of the page. */
public final class Lines {

  private Lines() {}

  /** All of them. */
  public static List<Line> all() {
    return List.of(
        new StreamedTransformLine(Workload.NARROW, 1_000_000, 14),
        new StreamedTransformLine(Workload.WIDE, 200_000, 30),
        new SmallPartitionsLine(),
        new ViewReadLine(),
        new UnchangedRefreshLine(),
        new IndexPartitionsLine(),
        new CheckpointsLine(),
        new MemoryLine(),
        new StartLine(),
        new RayTasksLine(),
        new AggregationLine(),
        new SmallThingsLine(),
        new RowsCurve(),
        new WidthCurve(),
        new PartitionsCurve(),
        HistoryCurve.ofVersions(),
        HistoryCurve.ofFragments(),
        new TasksCurve());
  }
}
