package dev.geneva.bench.profile;

import dev.geneva.bench.Scratch;
import dev.geneva.bench.suite.Case;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Side;
import dev.geneva.bench.suite.Span;
import dev.geneva.bench.suite.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Where the time goes of what a line measures of us.
 *
 * @param label of the case
 * @param side what was run
 * @param runs how often, while samples were taken
 * @param costs the most expensive first
 */
public record Profile(String label, String side, int runs, List<Cost> costs) {

  private static final double WARM_SECONDS = 4;
  private static final double SECONDS = 6;
  private static final int SHOWN = 10;
  private static final int LONGEST_NAME = 90;

  /** Runs the first side of a case again and again, and takes samples once it is warm. */
  public static Profile of(Line line, Case which, Setting setting) throws Exception {
    try (Trial trial = line.open(which, setting);
        Scratch scratch = new Scratch()) {
      Side side = trial.sides().get(0);
      run(side, WARM_SECONDS);
      try (Perf perf = Perf.record(scratch.path())) {
        List<Span> spans = run(side, SECONDS);
        return new Profile(which.label(), side.name(), spans.size(), perf.costs(spans));
      }
    }
  }

  /** When was measured; a run does more than that. */
  private static List<Span> run(Side side, double seconds) throws Exception {
    List<Span> spans = new ArrayList<>();
    for (long begin = System.nanoTime(); System.nanoTime() - begin < seconds * 1e9; ) {
      spans.add(side.action().run().span());
    }
    return spans;
  }

  /** Two tables: whose work it is, and the most expensive functions. */
  public String markdown() {
    StringBuilder text = new StringBuilder("**%s, %s**, %d runs.\n\n".formatted(label, side, runs));
    text.append("| Whose | % |\n|---|--:|\n");
    summed(new EnumMap<>(Kind.class), Kind::of).entrySet().stream()
        .filter(entry -> entry.getValue() >= 0.5)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(entry -> text.append(row(entry.getKey().toString(), entry.getValue())));
    text.append("\n| Function | % |\n|---|--:|\n");
    summed(new LinkedHashMap<>(), Profile::function).entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .forEach(entry -> text.append(row(entry.getKey(), entry.getValue())));
    return text.toString();
  }

  private <K> Map<K, Double> summed(Map<K, Double> into, Function<Cost, K> key) {
    costs.forEach(cost -> into.merge(key.apply(cost), cost.percent(), Double::sum));
    return into;
  }

  private static String row(String what, double percent) {
    return "| %s | %s |\n".formatted(what, String.format(Locale.ROOT, "%.1f", percent));
  }

  private static String function(Cost cost) {
    String symbol = cost.symbol().replaceAll("::h[0-9a-f]{16}$", "").replace("|", "\\|");
    if (symbol.equals("[unknown]")) {
      symbol = "without a name";
    }
    String cut = symbol.length() > LONGEST_NAME ? symbol.substring(0, LONGEST_NAME) + "…" : symbol;
    return "`%s`, %s".formatted(cut, Kind.of(cost).name().toLowerCase(Locale.ROOT));
  }
}
