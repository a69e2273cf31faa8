package dev.geneva.bench.line;

import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Suite;
import dev.geneva.bench.suite.Trial;
import java.util.List;

/** More and more tasks, on Ray and here. */
final class TasksCurve extends Curve {

  TasksCurve() {
    super(
        "growth-tasks",
        "Growth: tasks on Ray",
        "More and more tasks of 10 rows each, all of them, one at a time: on one worker of Ray, whose"
            + " start counts, and here. Measured by `TaskOverheadIT` of `geneva-ray`.",
        "tasks",
        sizes(1, 10),
        sizes(1, 10, 100, 1_000, 10_000));
  }

  @Override
  public int warmUps(Suite suite) {
    return 0;
  }

  @Override
  Trial open(long size, Setting setting) throws Exception {
    RayTasks measured = RayTasks.read(setting);
    return new OpenTrial(
        List.of(
            measured.side("Geneva on Ray", "ray-" + size),
            measured.side("Geneva here", "local-" + size)),
        () -> {});
  }
}
