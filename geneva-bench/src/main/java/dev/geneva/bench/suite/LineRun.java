package dev.geneva.bench.suite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures one line: case by case, and in each its sides in turns, so that what the machine does
 * otherwise hits all of them. Every other round has the opposite order.
 */
public final class LineRun {

  /**
   * After so many seconds of runs that don't count, a side is warm; those that take milliseconds
   * need more runs until their code is compiled, and those that take seconds don't need one more.
   */
  private static final double WARM = 5;

  private final Line line;
  private final Setting setting;
  private final Map<String, Track> tracks = new HashMap<>();

  /** Sides that are no more run, and why. */
  private final Map<String, String> ended = new HashMap<>();

  /** What is known of a side in the current case. */
  private static final class Track {
    private final List<Double> values = new ArrayList<>();
    private double spent;
    private double shortest =
        Double.POSITIVE_INFINITY; // of all runs, what a first one prepares left aside
  }

  /** Measures nothing yet. */
  public LineRun(Line line, Setting setting) {
    this.line = line;
    this.setting = setting;
  }

  /** Measures all cases. What fails is part of the result. */
  public LineResult measure(Conditions conditions) {
    List<CaseResult> cases = new ArrayList<>();
    String failure = null;
    for (Case which : line.cases(setting.suite())) {
      try {
        cases.add(measure(which));
      } catch (Exception e) {
        e.printStackTrace();
        failure = which.label() + ": " + e;
        break;
      }
    }
    return new LineResult(line.name(), setting.suite().toString(), conditions, cases, failure);
  }

  private CaseResult measure(Case which) throws Exception {
    Suite suite = setting.suite();
    try (Trial trial = line.open(which, setting)) {
      List<Side> sides = trial.sides();
      String outcome = null;
      Map<String, Track> before = Map.copyOf(tracks);
      tracks.clear();
      sides.forEach(side -> tracks.put(side.name(), new Track()));
      for (int round = -line.warmUps(suite); round < line.runs(suite); round++) {
        for (Side side : inTurn(sides, round)) {
          Track track = track(side);
          boolean warm = seconds(before.get(side.name())) > WARM || track.spent > WARM;
          if (ended.containsKey(side.name())
              || (round < 0 && warm)
              || (isBounded(side, sides)
                  && track.spent > suite.budget()
                  && !track.values.isEmpty())) {
            continue;
          }
          Sample sample = run(side, track);
          if (sample == null) {
            continue;
          }
          if (outcome == null) {
            outcome = sample.outcome();
          } else if (!outcome.equals(sample.outcome())) {
            throw new IllegalStateException(
                "The sides differ in what comes out: "
                    + side.name()
                    + " has "
                    + sample.outcome()
                    + ", those before "
                    + outcome);
          }
          if (round >= 0) {
            track.values.add(Numbers.kept(sample.value()));
          }
        }
      }
      List<SideResult> results = sides.stream().map(this::result).toList();
      sides.stream().filter(side -> isBounded(side, sides)).forEach(side -> endIfSlow(side, which));
      return new CaseResult(which.label(), which.size(), results);
    }
  }

  private static List<Side> inTurn(List<Side> sides, int round) {
    List<Side> turn = new ArrayList<>(sides);
    if (Math.floorMod(round, 2) == 1) {
      Collections.reverse(turn);
    }
    return turn;
  }

  /** Null if an opponent failed, which is then no more run. */
  private @Nullable Sample run(Side side, Track track) throws Exception {
    long begin = System.nanoTime();
    try {
      return side.action().run();
    } catch (UnavailableException e) {
      ended.put(side.name(), "left out: " + e.getMessage());
      return null;
    } finally {
      double seconds = (System.nanoTime() - begin) / 1e9;
      track.spent += seconds;
      track.shortest = Math.min(track.shortest, seconds);
    }
  }

  private SideResult result(Side side) {
    Track track = track(side);
    int runs = track.values.size();
    String note = null;
    if (runs == 0) {
      note = ended.get(side.name());
    } else if (runs < line.runs(setting.suite())) {
      note = runs + (runs == 1 ? " run only" : " runs only");
    }
    return new SideResult(side.name(), track.values, note);
  }

  private boolean isBounded(Side side, List<Side> sides) {
    return line.bounded() && !side.equals(sides.get(0));
  }

  /** The bound of a curve: what takes too long here isn't tried with more. */
  private void endIfSlow(Side side, Case which) {
    Track track = track(side);
    if (seconds(track) > setting.suite().longestRun()) {
      ended.putIfAbsent(
          side.name(),
          "left out: a run took %s s at %s".formatted(Numbers.of(track.shortest), which.label()));
    }
  }

  private Track track(Side side) {
    return tracks.computeIfAbsent(side.name(), name -> new Track());
  }

  private static double seconds(@Nullable Track track) {
    return track == null || track.spent == 0 ? 0 : track.shortest;
  }
}
