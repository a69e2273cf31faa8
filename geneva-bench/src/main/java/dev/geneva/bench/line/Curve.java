package dev.geneva.bench.line;

import dev.geneva.bench.suite.Case;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.Numbers;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Suite;
import dev.geneva.bench.suite.Target;
import dev.geneva.bench.suite.Trial;
import dev.geneva.bench.suite.Unit;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** A line that shows how something grows, from size to size. */
abstract class Curve implements Line {

  private final String name;
  private final String title;
  private final String what;
  private final String axis;
  private final long[] quick;
  private final long[] growth;

  /**
   * A curve.
   *
   * @param axis what grows
   * @param quick its sizes in the suite {@code quick}
   * @param growth its sizes in the suite {@code growth}
   */
  Curve(String name, String title, String what, String axis, long[] quick, long[] growth) {
    this.name = name;
    this.title = title;
    this.what = what;
    this.axis = axis;
    this.quick = quick;
    this.growth = growth;
  }

  /** Puts the data of a size in place. */
  abstract Trial open(long size, Setting setting) throws Exception;

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String title() {
    return title;
  }

  @Override
  public final String what() {
    return what;
  }

  @Override
  public Unit unit() {
    return Unit.MILLISECONDS;
  }

  @Override
  public final List<Target> targets() {
    return List.of();
  }

  @Override
  public final Optional<String> axis() {
    return Optional.of(axis);
  }

  @Override
  public final List<Case> cases(Suite suite) {
    return switch (suite) {
      case QUICK -> cases(quick);
      case GROWTH -> cases(growth);
      case LINES, GUARD -> List.of();
    };
  }

  private static List<Case> cases(long... sizes) {
    return LongStream.of(sizes).mapToObj(size -> new Case(Numbers.of(size), size)).toList();
  }

  @Override
  public final Trial open(Case which, Setting setting) throws Exception {
    return open(which.size(), setting);
  }

  /** Sizes. */
  static long[] sizes(long... sizes) {
    return sizes;
  }
}
