package dev.geneva.bench.page;

import dev.geneva.bench.Spread;
import dev.geneva.bench.suite.CaseResult;
import dev.geneva.bench.suite.Conditions;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.LineResult;
import dev.geneva.bench.suite.Numbers;
import dev.geneva.bench.suite.Results;
import dev.geneva.bench.suite.SideResult;
import dev.geneva.bench.suite.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The page: {@code performance.md}, with its plots in a folder beside it, and there {@code
 * profiles.md}.
 */
public final class Page {

  private final Path file;
  private final Path plots;
  private final Path profiles;

  /**
   * A page.
   *
   * @param folder where it lies
   */
  public Page(Path folder) {
    this.file = folder.resolve("performance.md");
    this.plots = folder.resolve("performance");
    this.profiles = plots.resolve("profiles.md");
  }

  /** Where its raw results lie. */
  public Path results() {
    return plots.resolve("results.json");
  }

  /** Writes the page of the results; what was written by hand into it stays. */
  public void write(List<Line> lines, Results results) throws IOException {
    Files.createDirectories(plots);
    Sections page = new Sections(Files.exists(file) ? Files.readString(file) : "");
    page.put("conditions", "# Performance", conditions(lines, results));
    page.put("targets", "## Targets", targets(lines, results));
    for (Line line : lines) {
      Optional<LineResult> result = results.of(line);
      if (result.isPresent()) {
        Optional<String> plot = Plot.of(line, result.get());
        if (plot.isPresent()) {
          Files.writeString(plots.resolve(line.name() + ".svg"), plot.get());
        }
        page.put(line.name(), "## " + line.title(), section(line, result.get(), plot.isPresent()));
      }
    }
    Files.writeString(file, page.toString());
  }

  /**
   * Writes where the time of a line goes; the profiles of the others stay.
   *
   * @return the page that it stands on
   */
  public Path writeProfile(Line line, String profile, Conditions conditions) throws IOException {
    Files.createDirectories(plots);
    Sections page = new Sections(Files.exists(profiles) ? Files.readString(profiles) : "");
    page.put(line.name(), "## " + line.title(), profile + "\n" + sub("profile", conditions));
    Files.writeString(profiles, page.toString());
    return profiles;
  }

  private static String conditions(List<Line> lines, Results results) {
    Set<String> machines = new LinkedHashSet<>();
    Set<String> versions = new LinkedHashSet<>();
    for (Line line : lines) {
      results
          .of(line)
          .map(LineResult::conditions)
          .ifPresent(
              conditions -> {
                machines.add(conditions.machine());
                versions.add(versions(conditions.versions()));
              });
    }
    if (machines.isEmpty()) {
      return "Nothing was measured yet.";
    }
    return "Machine: "
        + String.join("; and: ", machines)
        + ".\n\nVersions: "
        + String.join("; and: ", versions)
        + ".";
  }

  private static String versions(Map<String, String> versions) {
    return versions.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String targets(List<Line> lines, Results results) {
    StringBuilder text = new StringBuilder("| | Target | Measured | |\n|---|---|---|---|\n");
    for (Line line : lines) {
      for (Target target : line.targets()) {
        Optional<Target.Verdict> verdict = results.of(line).flatMap(target::judge);
        text.append(
            "| [%s](#%s) | %s | %s |\n"
                .formatted(line.title(), anchor(line.title()), target.text(), cells(verdict)));
      }
    }
    return text.toString();
  }

  private static String cells(Optional<Target.Verdict> verdict) {
    return verdict
        .map(known -> known.measured() + " | " + (known.met() ? "met" : "**not met**"))
        .orElse("not measured |");
  }

  /** As GitHub makes it of a heading. */
  private static String anchor(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
  }

  private static String section(Line line, LineResult result, boolean plotted) {
    StringBuilder text = new StringBuilder(line.what()).append("\n\n");
    if (plotted) {
      text.append("![%s](performance/%s.svg)\n\n".formatted(line.title(), line.name()));
    }
    text.append(
        "| | %s | min | median | max | runs | to the first |\n".formatted(line.unit().symbol()));
    text.append("|---|---|--:|--:|--:|--:|--:|\n");
    for (CaseResult one : result.cases()) {
      rows(one, line.compares(), text);
    }
    notes(result, text);
    for (Target target : line.targets()) {
      text.append("\nTarget %s: %s.\n".formatted(target.text(), sentence(target.judge(result))));
    }
    text.append('\n').append(sub(result.suite(), result.conditions()));
    return text.toString();
  }

  private static String sub(String suite, Conditions conditions) {
    return "<sub>Suite `%s`, commit %s, %s, load before %s.</sub>\n"
        .formatted(suite, conditions.commit(), conditions.date(), Numbers.of(conditions.load()));
  }

  private static String sentence(Optional<Target.Verdict> verdict) {
    return verdict
        .map(known -> known.measured() + ", " + (known.met() ? "met" : "**not met**"))
        .orElse("not measured");
  }

  private static void rows(CaseResult one, boolean compares, StringBuilder text) {
    Optional<Double> first =
        one.sides().stream()
            .filter(side -> !side.values().isEmpty())
            .map(side -> Spread.of(side.values()).median())
            .findFirst();
    String label = one.label();
    for (SideResult side : one.sides()) {
      if (side.values().isEmpty()) {
        continue; // a note says why
      }
      text.append("| %s | %s | ".formatted(label, side.side()));
      label = "";
      Spread spread = Spread.of(side.values());
      text.append(
          "%s | %s | %s | %d | %s |\n"
              .formatted(
                  Numbers.of(spread.min()),
                  Numbers.of(spread.median()),
                  Numbers.of(spread.max()),
                  side.values().size(),
                  compares ? ratio(spread.median(), first) : ""));
    }
  }

  private static String ratio(double median, Optional<Double> first) {
    return Numbers.of(median / first.orElse(median)) + " ×";
  }

  /** What isn't in the table, and why: once for all cases of which it is true. */
  private static void notes(LineResult result, StringBuilder text) {
    Map<List<String>, List<String>> notes = new LinkedHashMap<>();
    for (CaseResult one : result.cases()) {
      for (SideResult side : one.sides()) {
        if (side.note() != null) {
          notes
              .computeIfAbsent(List.of(side.side(), side.note()), key -> new ArrayList<>())
              .add(one.label());
        }
      }
    }
    notes.forEach(
        (of, labels) ->
            text.append(
                "\n- *%s* at %s: %s."
                    .formatted(of.get(0), String.join(" and ", labels), of.get(1))));
    if (result.failure() != null) {
      text.append("\n- **Failed** at ").append(result.failure());
    }
    text.append('\n');
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
