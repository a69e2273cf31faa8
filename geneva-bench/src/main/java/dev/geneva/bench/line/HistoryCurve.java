package dev.geneva.bench.line;

import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Trial;
import dev.geneva.bench.suite.Unit;

/** An unchanged refresh over a source with more and more versions, or fragments. */
final class HistoryCurve extends Curve {

  private final Maker maker;

  private HistoryCurve(String what, Maker maker) {
    super(
        "growth-" + what,
        "Growth: " + what,
        "An unchanged refresh over a source with more and more " + what + ".",
        what,
        sizes(1, 100),
        sizes(1, 10, 100, 1_000, 10_000));
    this.maker = maker;
  }

  private interface Maker {
    UnchangedRefresh make(long size) throws Exception;
  }

  static HistoryCurve ofVersions() {
    return new HistoryCurve("versions", UnchangedRefresh::versions);
  }

  static HistoryCurve ofFragments() {
    return new HistoryCurve("fragments", UnchangedRefresh::fragments);
  }

  @Override
  public Unit unit() {
    return Unit.MICROSECONDS;
  }

  @Override
  Trial open(long size, Setting setting) throws Exception {
    return maker.make(size).trial(1, setting);
  }
}
