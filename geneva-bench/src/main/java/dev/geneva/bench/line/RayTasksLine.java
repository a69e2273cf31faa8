package dev.geneva.bench.line;

import dev.geneva.bench.suite.Case;
import dev.geneva.bench.suite.Figure;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Suite;
import dev.geneva.bench.suite.Target;
import dev.geneva.bench.suite.Trial;
import dev.geneva.bench.suite.Unit;
import java.util.List;

/** What Ray adds to a task. */
final class RayTasksLine implements Line {

  private static final Case TASK = new Case("a task of 10 rows", 1);
  private static final String OVERHEAD = "Geneva on Ray: a task, less what it takes here";
  private static final String CALL = "Ray: an actor's call that does nothing";

  @Override
  public String name() {
    return "ray-tasks";
  }

  @Override
  public String title() {
    return "Tasks on Ray";
  }

  @Override
  public String what() {
    return "A task on a worker of Ray, once all is warm: its share of 1,000 tasks, one after the"
        + " other, after 3,000 that don't count. Measured by `TaskOverheadIT` of `geneva-ray`.";
  }

  @Override
  public Unit unit() {
    return Unit.MILLISECONDS;
  }

  @Override
  public List<Target> targets() {
    return List.of(
        new Target.AtMostTimes(
            "overhead of a task ≤ 3 × a call that does nothing",
            new Figure(TASK.label(), OVERHEAD),
            new Figure(TASK.label(), CALL),
            3));
  }

  @Override
  public List<Case> cases(Suite suite) {
    return switch (suite) {
      case QUICK, LINES -> List.of(TASK);
      case GROWTH, GUARD -> List.of();
    };
  }

  @Override
  public int warmUps(Suite suite) {
    return 0;
  }

  /** It shows what another process has measured. */
  @Override
  public boolean isProfiled() {
    return false;
  }

  @Override
  public Trial open(Case which, Setting setting) throws Exception {
    RayTasks measured = RayTasks.read(setting);
    return new OpenTrial(
        List.of(
            measured.side(OVERHEAD, "overhead"),
            measured.side(CALL, "call"),
            measured.side("Geneva here: a task", "local")),
        () -> {});
  }
}
