package dev.geneva.bench.suite;

import java.util.List;
import java.util.Optional;

/** One thing that is measured: several ways to do it, at one size or several. */
public interface Line {

  /** Lower case and dashes: the name of its plot and of its section's anchor. */
  String name();

  /** The heading of its section. */
  String title();

  /** What is done, on which data: a sentence or two. */
  String what();

  /** The unit of all its values. */
  Unit unit();

  /** What has to come out of it; empty if it only shows how something grows. */
  List<Target> targets();

  /** What only a clear loss misses, in the suite {@code guard}. */
  default List<Target> guards() {
    return List.of();
  }

  /** The sizes at which a suite measures it, ascending; none if it isn't part of the suite. */
  List<Case> cases(Suite suite);

  /** Runs of each side that don't count, before those that do. */
  default int warmUps(Suite suite) {
    return suite.warmUps();
  }

  /** Runs of each side that count. */
  default int runs(Suite suite) {
    return suite.runs();
  }

  /** Whether its sides are ways to do the same, so that their ratios mean something. */
  default boolean compares() {
    return true;
  }

  /**
   * Whether a side that takes long is run less often, and no more at larger sizes. The first side,
   * which is ours, is run in any case.
   */
  default boolean bounded() {
    return true;
  }

  /** Whether a profile of the first side tells where its time goes. */
  default boolean isProfiled() {
    return true;
  }

  /** What grows from case to case, if that is a number: then its plot is of curves. */
  default Optional<String> axis() {
    return Optional.empty();
  }

  /** Puts the data of a case in place. The caller closes the trial. */
  Trial open(Case which, Setting setting) throws Exception;
}
