package dev.geneva.bench.page;

import dev.geneva.bench.Spread;
import dev.geneva.bench.suite.CaseResult;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.LineResult;
import dev.geneva.bench.suite.Numbers;
import dev.geneva.bench.suite.SideResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The plot of a line: curves if something grows, else a range for each side. */
final class Plot {

  private static final double WIDTH = 760;
  private static final int THE_ORIGINALS = 3;
  private static final int COLOURS = 6;

  private final Line line;
  private final LineResult result;

  /** The colour of each side. The original's is always the same. */
  private final Map<String, Integer> colours = new LinkedHashMap<>();

  private final List<Double> values = new ArrayList<>();

  private Plot(Line line, LineResult result) {
    this.line = line;
    this.result = result;
    int next = 0;
    for (String side : sides(result)) {
      boolean original = side.contains("original");
      colours.put(side, original ? THE_ORIGINALS : next % COLOURS);
      if (!original) {
        next += next + 1 == THE_ORIGINALS ? 2 : 1;
      }
    }
    for (CaseResult one : result.cases()) {
      one.sides().forEach(side -> values.addAll(side.values()));
    }
    values.removeIf(value -> value <= 0); // have no place on such an axis
  }

  /** The SVG; empty if there is nothing to draw. */
  static Optional<String> of(Line line, LineResult result) {
    Plot plot = new Plot(line, result);
    if (plot.values.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(line.axis().map(plot::curves).orElseGet(plot::ranges));
  }

  /** Those that have a value, in order. */
  private static Set<String> sides(LineResult result) {
    Set<String> sides = new LinkedHashSet<>();
    for (CaseResult one : result.cases()) {
      for (SideResult side : one.sides()) {
        if (!side.values().isEmpty()) {
          sides.add(side.side());
        }
      }
    }
    return sides;
  }

  private String curves(String axis) {
    double top = 44 + 18 * colours.size();
    double left = 84;
    double right = WIDTH - 24;
    double bottom = top + 300;
    Svg svg = new Svg(WIDTH, bottom + 48, line.title());
    svg.text("title", left, 22, line.title());
    double legend = 44;
    for (Map.Entry<String, Integer> side : colours.entrySet()) {
      svg.mark(side.getValue(), left + 6, legend - 4);
      svg.text("", left + 18, legend, side.getKey());
      legend += 18;
    }
    List<Double> sizes = result.cases().stream().map(one -> (double) one.size()).toList();
    LogScale x = new LogScale(sizes, left, right);
    LogScale y = new LogScale(values, bottom, top);
    for (double tick : y.ticks()) {
      svg.line("grid", left, y.at(tick), right, y.at(tick));
      svg.text("soft right", left - 8, y.at(tick) + 4, Numbers.of(tick));
    }
    for (CaseResult one : result.cases()) {
      svg.line("grid", x.at((double) one.size()), top, x.at((double) one.size()), bottom);
      svg.text("soft middle", x.at((double) one.size()), bottom + 18, Numbers.of(one.size()));
    }
    svg.text("soft middle", (left + right) / 2, bottom + 38, axis);
    svg.textUpwards(18, (top + bottom) / 2, line.unit().symbol() + " (median, min to max)");
    colours.forEach((side, colour) -> curve(svg, side, colour, x, y));
    return svg.toString();
  }

  private void curve(Svg svg, String name, int colour, LogScale x, LogScale y) {
    List<double[]> points = new ArrayList<>();
    for (CaseResult one : result.cases()) {
      for (SideResult side : one.sides()) {
        if (side.side().equals(name) && !side.values().isEmpty()) {
          Spread spread = Spread.of(side.values());
          double at = x.at((double) one.size());
          svg.line("range s" + colour, at, y.at(spread.min()), at, y.at(spread.max()));
          points.add(new double[] {at, y.at(spread.median())});
        }
      }
    }
    svg.path("line s" + colour, points);
    points.forEach(point -> svg.mark(colour, point[0], point[1]));
  }

  private String ranges() {
    double left = 310;
    double right = WIDTH - 84;
    double top = 40;
    int rows = 0;
    for (CaseResult one : result.cases()) {
      rows += 1 + (int) one.sides().stream().filter(side -> !side.values().isEmpty()).count();
    }
    double bottom = top + 24.0 * rows;
    Svg svg = new Svg(WIDTH, bottom + 48, line.title());
    svg.text("title", 16, 22, line.title());
    LogScale x = new LogScale(values, left, right);
    for (double tick : x.ticks()) {
      svg.line("grid", x.at(tick), top, x.at(tick), bottom);
      svg.text("soft middle", x.at(tick), bottom + 16, Numbers.of(tick));
    }
    svg.text(
        "soft middle",
        (left + right) / 2,
        bottom + 36,
        line.unit().symbol() + " (median, min to max)");
    double y = top + 16;
    for (CaseResult one : result.cases()) {
      svg.text("soft", 16, y + 4, one.label());
      y += 24;
      for (SideResult side : one.sides()) {
        if (!side.values().isEmpty()) {
          range(svg, side, x, y, right);
          y += 24;
        }
      }
    }
    return svg.toString();
  }

  private void range(Svg svg, SideResult side, LogScale x, double y, double right) {
    int colour = colours.getOrDefault(side.side(), 0);
    Spread spread = Spread.of(side.values());
    svg.text("right", 296, y + 4, side.side());
    if (spread.min() > 0) {
      svg.line("range s" + colour, x.at(spread.min()), y, x.at(spread.max()), y);
      svg.mark(colour, x.at(spread.median()), y);
    }
    svg.text("soft", right + 12, y + 4, Numbers.of(spread.median()));
  }
}
