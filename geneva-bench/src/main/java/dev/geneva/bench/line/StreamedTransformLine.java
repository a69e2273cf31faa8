package dev.geneva.bench.line;

import dev.geneva.bench.BareLoop;
import dev.geneva.bench.StreamedTransform;
import dev.geneva.bench.Workload;
import dev.geneva.bench.suite.Case;
import dev.geneva.bench.suite.Figure;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.Numbers;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Side;
import dev.geneva.bench.suite.Suite;
import dev.geneva.bench.suite.Target;
import dev.geneva.bench.suite.Trial;
import dev.geneva.bench.suite.Unit;
import java.util.ArrayList;
import java.util.List;

/** A table of the usual size, streamed through a function into a view. */
final class StreamedTransformLine implements Line {

  private static final String SYNCED = ", forced to disk";

  private final Workload workload;
  private final long rows;
  private final double timesTheOriginal;

  StreamedTransformLine(Workload workload, long rows, double timesTheOriginal) {
    this.workload = workload;
    this.rows = rows;
    this.timesTheOriginal = timesTheOriginal;
  }

  private boolean isNarrow() {
    return workload == Workload.NARROW;
  }

  @Override
  public String name() {
    return isNarrow() ? "streamed-narrow" : "streamed-wide";
  }

  @Override
  public String title() {
    return isNarrow() ? "Streamed transform, narrow" : "Streamed transform, wide";
  }

  @Override
  public String what() {
    return isNarrow()
        ? "A whole refresh that reads five scalar columns and writes four, two of them computed."
        : "A whole refresh that hands a number and a vector of %d float32 through."
            .formatted(workload.width());
  }

  @Override
  public Unit unit() {
    return Unit.MILLISECONDS;
  }

  @Override
  public List<Target> targets() {
    String label = label(rows);
    Figure ours = new Figure(label, Names.REFRESH);
    return List.of(
        new Target.Faster(
            "≥ 0.8 of the bare loop's speed", ours, new Figure(label, Names.BARE), 0.8),
        new Target.Faster(
            "≥ %s × the original's".formatted(Numbers.of(timesTheOriginal)),
            ours,
            new Figure(label, Names.ORIGINAL),
            timesTheOriginal));
  }

  @Override
  public List<Target> guards() {
    String label = label(rows / 2);
    return List.of(
        new Target.Faster(
            "≥ 0.4 of the bare loop's speed",
            new Figure(label, Names.REFRESH),
            new Figure(label, Names.BARE),
            0.4));
  }

  @Override
  public List<Case> cases(Suite suite) {
    return switch (suite) {
      case QUICK -> List.of(new Case(label(rows / 10), rows / 10));
      case LINES -> List.of(new Case(label(rows), rows), new Case(label(rows) + SYNCED, rows));
      case GUARD -> List.of(new Case(label(rows / 2), rows / 2));
      case GROWTH -> List.of();
    };
  }

  private static String label(long rows) {
    return Numbers.of(rows) + " rows";
  }

  /** More than others: what is done for a batch is done too seldom in a run to be compiled soon. */
  @Override
  public int warmUps(Suite suite) {
    return 2 * suite.warmUps();
  }

  /** More than others, as the ratio to the loop is close to its target. */
  @Override
  public int runs(Suite suite) {
    return 2 * suite.runs() + 1;
  }

  @Override
  public Trial open(Case which, Setting setting) throws Exception {
    return open(workload, which.size(), which.label().endsWith(SYNCED), setting);
  }

  /** All that can stream a workload; only what can force files to disk, if they are to be. */
  static Trial open(Workload workload, long rows, boolean sync, Setting setting) throws Exception {
    Database database = new Database(sync);
    try {
      database.create(workload.rows(rows, database.allocator()));
      List<Side> sides = new ArrayList<>();
      sides.add(new Side(Names.REFRESH, () -> database.refresh(StreamedTransform.of(workload))));
      sides.add(
          new Side(
              Names.BARE,
              () ->
                  database.write(
                      target -> {
                        long begin = System.nanoTime();
                        BareLoop.run(
                            workload, database.sourcePath(), target, sync, database.allocator());
                        return (System.nanoTime() - begin) / 1e6;
                      })));
      if (!sync) {
        sides.add(
            new Side(
                Names.PYLANCE,
                () ->
                    database.write(
                        target ->
                            1e3
                                * setting.opponents().stream(
                                    workload, database.sourcePath(), target))));
        sides.add(
            new Side(
                Names.ORIGINAL,
                () -> database.original(setting.opponents(), workload.name(), workload.width())));
      }
      return new OpenTrial(sides, database);
    } catch (Exception e) {
      database.close();
      throw e;
    }
  }
}
