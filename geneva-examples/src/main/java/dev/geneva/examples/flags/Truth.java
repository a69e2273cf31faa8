package dev.geneva.examples.flags;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about the flags before any hash is computed, from their pixels alone.
 *
 * <ul>
 *   <li>Two drawings of the same shape are <em>one drawing</em> if no pixel differs by more than
 *       {@value #TOLERANCE} of 255 in red, green or blue: France and Réunion to the last pixel,
 *       Norway and Svalbard but for a shade.
 *   <li>Two territories share <em>one flag</em> if their wide or their square drawings are one.
 * </ul>
 *
 * All pictures of one drawing should be in one cluster, and those of different flags in different
 * ones. Whether a flag's wide drawing and its square one are near-duplicates is nobody's guess:
 * three stripes are, a coat of arms that moved isn't. Those pairs aren't judged.
 */
final class Truth {

  /** Among the flags there is nothing between 12, which nobody sees, and 31, which one does. */
  static final int TOLERANCE = 16;

  private final Map<String, Integer> drawings = new HashMap<>();
  private final Map<String, Integer> flags = new HashMap<>();

  private Truth() {}

  /** Compares drawings. */
  static Truth of(List<Sample> samples) {
    Truth truth = new Truth();
    List<Sample> firsts = new ArrayList<>();
    for (Sample sample : samples) {
      Flag flag = sample.flag();
      truth.flags.putIfAbsent(flag.code(), truth.flags.size());
      Optional<Flag> same =
          firsts.stream()
              .filter(first -> isSameDrawing(first, sample))
              .map(Sample::flag)
              .findFirst();
      if (same.isEmpty()) {
        truth.drawings.put(flag.source(), firsts.size());
        firsts.add(sample);
      } else {
        truth.drawings.put(flag.source(), truth.drawing(same.get().source()));
        truth.merge(same.get().code(), flag.code());
      }
    }
    return truth;
  }

  /** The number of the drawing that a source such as {@code fr 4x3} shows. */
  int drawing(String source) {
    return known(drawings, source);
  }

  /** The number of the flag that a territory such as {@code fr} has. */
  int flag(String code) {
    return known(flags, code);
  }

  /** The number of different drawings. */
  int countDrawings() {
    return (int) drawings.values().stream().distinct().count();
  }

  /** The number of different flags. */
  int countFlags() {
    return (int) flags.values().stream().distinct().count();
  }

  private void merge(String one, String other) {
    int kept = flag(one);
    int dropped = flag(other);
    flags.replaceAll((code, flag) -> flag == dropped ? kept : flag);
  }

  private static int known(Map<String, Integer> numbers, String key) {
    Integer number = numbers.get(key);
    if (number == null) {
      throw new IllegalArgumentException("no such flag: " + key);
    }
    return number;
  }

  private static boolean isSameDrawing(Sample one, Sample other) {
    if (one.flag().shape() != other.flag().shape()) {
      return false;
    }
    for (int i = 0; i < one.pixels().length; i++) {
      if (differ(one.pixels()[i], other.pixels()[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean differ(int rgb, int otherRgb) {
    for (int shift = 0; shift < 24; shift += 8) {
      if (Math.abs((rgb >> shift & 0xff) - (otherRgb >> shift & 0xff)) > TOLERANCE) {
        return true;
      }
    }
    return false;
  }

  /**
   * What is compared of a drawing.
   *
   * @param flag whose it is
   * @param pixels the picture, line by line; of one length for all drawings of a shape
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a value.
  record Sample(Flag flag, int[] pixels) {}
}
