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

/** What it costs to see that there is nothing to do. */
final class UnchangedRefreshLine implements Line {

  private static final Case ONE = new Case("1 version and fragment", 1);
  private static final Case HUNDRED = new Case("100 versions and fragments", 100);
  private static final Case THOUSAND = new Case("1,000 versions and fragments", 1_000);

  @Override
  public String name() {
    return "unchanged-refresh";
  }

  @Override
  public String title() {
    return "Unchanged refresh";
  }

  @Override
  public String what() {
    return "A refresh of a view that is up to date, with its handle open, over a source to which"
        + " rows were added one by one. Each of our values and of Lance's is the median of 100.";
  }

  @Override
  public Unit unit() {
    return Unit.MICROSECONDS;
  }

  @Override
  public List<Target> targets() {
    Figure one = new Figure(ONE.label(), Names.REFRESH);
    Figure thousand = new Figure(THOUSAND.label(), Names.REFRESH);
    return List.of(
        new Target.AtMost("≤ 1 ms at the median", thousand, 1_000, unit()),
        new Target.AtMostTimes("flat from 1 to 1,000 versions and fragments", thousand, one, 1.5),
        new Target.Faster(
            "≥ 150 × the original's", thousand, new Figure(THOUSAND.label(), Names.ORIGINAL), 150));
  }

  @Override
  public List<Target> guards() {
    return List.of(
        new Target.AtMostTimes(
            "≤ 0.5 × what opening the source takes",
            new Figure(HUNDRED.label(), Names.REFRESH),
            new Figure(HUNDRED.label(), UnchangedRefresh.OPEN),
            0.5));
  }

  @Override
  public List<Case> cases(Suite suite) {
    return switch (suite) {
      case QUICK -> List.of(ONE, HUNDRED);
      case LINES -> List.of(ONE, THOUSAND);
      case GUARD -> List.of(HUNDRED);
      case GROWTH -> List.of();
    };
  }

  @Override
  public Trial open(Case which, Setting setting) throws Exception {
    return UnchangedRefresh.appended(which.size()).trial(1, setting);
  }
}
