package dev.geneva.bench;

import dev.geneva.bench.line.Lines;
import dev.geneva.bench.opponent.Opponents;
import dev.geneva.bench.page.Page;
import dev.geneva.bench.profile.Profile;
import dev.geneva.bench.suite.Case;
import dev.geneva.bench.suite.Conditions;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.LineResult;
import dev.geneva.bench.suite.LineRun;
import dev.geneva.bench.suite.Results;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Suite;
import dev.geneva.bench.suite.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures lines and writes the page. System properties say what:
 *
 * <ul>
 *   <li>{@code bench.suite}: suites with commas between; or {@code page}, which measures nothing
 *       and writes the page of the raw results anew; or {@code profile}, where the time goes;
 *   <li>{@code bench.line}: names of lines with commas between, or {@code all};
 *   <li>{@code bench.opponents}: {@code none} leaves the opponents in Python out;
 *   <li>{@code bench.project}: the project's folder.
 * </ul>
 *
 * <p>The suites {@code lines} and {@code growth} write to {@code docs}, the others below {@code
 * geneva-bench/target}.
 */
public final class Benchmarks {

  private static final String ALL = "all";

  private final Path project;
  private final List<Line> wanted;
  private final boolean withOpponents;
  private boolean failed;

  private Benchmarks(Path project, String names, boolean withOpponents) {
    this.project = project;
    this.withOpponents = withOpponents;
    List<Line> all = Lines.all();
    List<String> split = List.of(names.split(",", -1));
    this.wanted =
        names.equals(ALL) ? all : all.stream().filter(line -> split.contains(line.name())).toList();
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no line '" + names + "', only " + all.stream().map(Line::name).toList() + ".");
    }
  }

  /** Runs it; ends with 1 if a line failed, or a limit of the guard was missed. */
  public static void main(String[] arguments) throws Exception {
    Path project = Path.of(System.getProperty("bench.project", ".")).toAbsolutePath().normalize();
    String suites = System.getProperty("bench.suite", "quick");
    if (suites.equals("page")) {
      Page page = new Page(project.resolve("docs"));
      Results results = Results.read(page.results());
      results.write(page.results());
      page.write(Lines.all(), results);
      return;
    }
    boolean withOpponents = !System.getProperty("bench.opponents", ALL).equals("none");
    Benchmarks benchmarks =
        new Benchmarks(project, System.getProperty("bench.line", ALL), withOpponents);
    if (suites.equals("profile")) {
      benchmarks.profile();
      return;
    }
    for (String suite : suites.split(",", -1)) {
      benchmarks.run(Suite.of(suite));
    }
    System.exit(benchmarks.failed ? 1 : 0);
  }

  private void profile() throws Exception {
    Page page = new Page(project.resolve("docs"));
    for (Line line : wanted) {
      if (line.isProfiled()) {
        try (Opponents none = opponents(false)) {
          Conditions conditions = Conditions.now(project, Map.of());
          List<String> profiles = new ArrayList<>();
          for (Case which : line.cases(Suite.LINES)) {
            System.out.println("profile: " + line.title() + ", " + which.label());
            Setting setting = new Setting(Suite.LINES, none, project);
            profiles.add(Profile.of(line, which, setting).markdown());
          }
          if (!profiles.isEmpty()) {
            System.out.println(
                "See " + page.writeProfile(line, String.join("\n", profiles), conditions));
          }
        }
      }
    }
  }

  private Opponents opponents(boolean wanted) throws IOException, InterruptedException {
    Path bench = project.resolve("geneva-bench");
    return Opponents.install(
        bench.resolve("src/main/python"), bench.resolve("target/opponents"), wanted);
  }

  private void judge(Line line, LineResult result) {
    for (Target guard : line.guards()) {
      Optional<Target.Verdict> verdict = guard.judge(result);
      boolean missed = verdict.filter(Target.Verdict::met).isEmpty();
      System.out.printf(
          "  %s: %s, %s%n",
          guard.text(),
          verdict.map(Target.Verdict::measured).orElse("not measured"),
          missed ? "MISSED" : "held");
      failed |= missed;
    }
  }

  private void run(Suite suite) throws IOException, InterruptedException {
    Path bench = project.resolve("geneva-bench");
    boolean published = suite == Suite.LINES || suite == Suite.GROWTH;
    Page page = new Page(published ? project.resolve("docs") : bench.resolve("target/" + suite));
    Results results = Results.read(page.results());
    try (Opponents opponents = opponents(withOpponents && suite != Suite.GUARD)) {
      Map<String, String> versions = opponents.versions();
      for (Line line : wanted) {
        if (!line.cases(suite).isEmpty()) {
          System.out.println(suite + ": " + line.title());
          long begin = System.nanoTime();
          LineResult result =
              new LineRun(line, new Setting(suite, opponents, project))
                  .measure(Conditions.now(project, versions));
          System.out.printf("  %.0f s%n", (System.nanoTime() - begin) / 1e9);
          failed |= result.failure() != null;
          if (suite == Suite.GUARD) {
            judge(line, result);
          }
          results.put(result);
          results.write(page.results());
          page.write(Lines.all(), results);
        }
      }
    }
    System.out.println("See " + page);
  }
}
