package dev.geneva.bench.line;

import dev.geneva.CheckpointPolicy;
import dev.geneva.RefreshOptions;
import dev.geneva.bench.StreamedTransform;
import dev.geneva.bench.Workload;
import dev.geneva.bench.suite.Case;
import dev.geneva.bench.suite.Figure;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Side;
import dev.geneva.bench.suite.Suite;
import dev.geneva.bench.suite.Target;
import dev.geneva.bench.suite.Trial;
import dev.geneva.bench.suite.Unit;
import java.util.ArrayList;
import java.util.List;

/** What checkpoints cost. */
final class CheckpointsLine implements Line {

  private static final String ON = "checkpoints on";
  private static final String OFF = "checkpoints off";
  private static final String NARROW = "narrow";
  private static final String WIDE = "wide";

  @Override
  public String name() {
    return "checkpoints";
  }

  @Override
  public String title() {
    return "Checkpoints";
  }

  @Override
  public String what() {
    return "The two streamed transforms with checkpoints and without, files forced to disk.";
  }

  @Override
  public Unit unit() {
    return Unit.MILLISECONDS;
  }

  @Override
  public List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    for (String label : List.of(NARROW, WIDE)) {
      targets.add(
          new Target.AtMostTimes(
              "on costs ≤ 5 %, " + label, new Figure(label, ON), new Figure(label, OFF), 1.05));
    }
    return targets;
  }

  @Override
  public List<Case> cases(Suite suite) {
    return switch (suite) {
      case QUICK -> List.of(new Case(NARROW, 100_000), new Case(WIDE, 20_000));
      case LINES -> List.of(new Case(NARROW, 1_000_000), new Case(WIDE, 200_000));
      case GROWTH, GUARD -> List.of();
    };
  }

  /** More than of others: a difference of a few percent has to be seen. */
  @Override
  public int runs(Suite suite) {
    return 3 * suite.runs();
  }

  @Override
  public Trial open(Case which, Setting setting) throws Exception {
    Workload workload = which.label().equals(NARROW) ? Workload.NARROW : Workload.WIDE;
    Database database = new Database(true);
    try {
      database.create(workload.rows(which.size(), database.allocator()));
      return new OpenTrial(
          List.of(
              side(ON, database, workload, CheckpointPolicy.ofDefaults()),
              side(OFF, database, workload, CheckpointPolicy.off())),
          database);
    } catch (Exception e) {
      database.close();
      throw e;
    }
  }

  private static Side side(
      String name, Database database, Workload workload, CheckpointPolicy policy) {
    RefreshOptions options = RefreshOptions.builder().checkpoints(policy).build();
    return new Side(name, () -> database.refresh(StreamedTransform.of(workload), options));
  }
}
