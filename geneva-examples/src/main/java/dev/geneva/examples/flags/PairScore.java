package dev.geneva.examples.flags;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * How well clusters match the truth, counted in pairs of pictures.
 *
 * @param found pairs that are in one cluster, and that are judged
 * @param right pairs that are in one cluster and show one drawing
 * @param wanted pairs that show one drawing
 */
record PairScore(long found, long right, long wanted) {

  /**
   * Counts pairs.
   *
   * @param placements where each picture is, and where it should be
   */
  static PairScore of(List<Placement> placements) {
    // Two pictures of one drawing are of one flag, so pairs of one flag in different drawings,
    // which
    // aren't judged, are those of one flag less those of one drawing.
    long together = pairs(placements, p -> p.cluster);
    long sameFlag = pairs(placements, p -> joined(p.cluster, p.flag));
    long right = pairs(placements, p -> joined(p.cluster, p.drawing));
    long wanted = pairs(placements, p -> p.drawing);
    return new PairScore(together - sameFlag + right, right, wanted);
  }

  /** The share of the pairs found that are right; 1 if none were found. */
  double precision() {
    return found == 0 ? 1 : (double) right / found;
  }

  /** The share of the pairs wanted that were found; 1 if none were wanted. */
  double recall() {
    return wanted == 0 ? 1 : (double) right / wanted;
  }

  /** The harmonic mean of precision and recall. */
  double f1() {
    double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }

  private static long joined(int high, int low) {
    return (long) high << 32 | low;
  }

  private static long pairs(List<Placement> placements, ToLongFunction<Placement> group) {
    Map<Long, Integer> sizes = new HashMap<>();
    for (Placement placement : placements) {
      sizes.merge(group.applyAsLong(placement), 1, Integer::sum);
    }
    return sizes.values().stream().mapToLong(n -> n * (n - 1L) / 2).sum();
  }

  /**
   * One picture.
   *
   * @param cluster a number for its cluster, not negative
   * @param drawing a number for what it shows, not negative
   * @param flag a number for the flag that this is a drawing of, not negative
   */
  record Placement(int cluster, int drawing, int flag) {}
}
