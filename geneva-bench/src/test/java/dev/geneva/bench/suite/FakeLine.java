package dev.geneva.bench.suite;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A line that measures nothing. */
public final class FakeLine implements Line {

  static final Case SMALL = new Case("small", 10);
  static final Case LARGE = new Case("large & more", 1_000);

  private final Optional<String> axis;
  private final List<Side> sides;

  private FakeLine(Optional<String> axis, List<Side> sides) {
    this.axis = axis;
    this.sides = sides;
  }

  public static FakeLine ranges() {
    return new FakeLine(Optional.empty(), List.of());
  }

  public static FakeLine curves() {
    return new FakeLine(Optional.of("size"), List.of());
  }

  static FakeLine of(Side... sides) {
    return new FakeLine(Optional.empty(), List.of(sides));
  }

  /** Each side has had one run in each case. */
  public LineResult result(double ours, double theirs) {
    List<SideResult> both =
        List.of(
            new SideResult("ours", List.of(ours), null),
            new SideResult("theirs < all", List.of(theirs), null));
    return new LineResult(
        name(),
        "lines",
        new Conditions("2026-01-01T00:00:00Z", "abc", 0.1, "a machine", Map.of("JDK", "17")),
        List.of(new CaseResult("small", 10, both), new CaseResult("large & more", 1_000, both)),
        null);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public String title() {
    return "A fake";
  }

  @Override
  public String what() {
    return "Nothing.";
  }

  @Override
  public Unit unit() {
    return Unit.MILLISECONDS;
  }

  @Override
  public List<Target> targets() {
    return List.of(
        new Target.Faster(
            "≥ 1.5 × the other's",
            new Figure("small", "ours"),
            new Figure("small", "theirs < all"),
            1.5));
  }

  @Override
  public List<Case> cases(Suite suite) {
    return List.of(SMALL, LARGE);
  }

  @Override
  public Optional<String> axis() {
    return axis;
  }

  @Override
  public Trial open(Case which, Setting setting) {
    return new Trial() {
      @Override
      public List<Side> sides() {
        return sides;
      }

      @Override
      public void close() {}
    };
  }
}
