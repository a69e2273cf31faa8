package dev.geneva.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class HammingComponentsTest {

  @Property(tries = 200)
  void componentsAreThoseThatComparingAllPairsFinds(
      @ForAll @IntRange(max = 400) int count,
      @ForAll @IntRange(max = 66) int threshold,
      @ForAll long seed) {
    long[] hashes = neighbourly(count, seed);

    assertThat(canonical(HammingComponents.of(hashes, threshold)))
        .isEqualTo(canonical(byComparingAllPairs(hashes, threshold)));
  }

  /** Enough hashes for every way of splitting them into bands to be the cheapest one. */
  @Property(tries = 12)
  void manyHashesAreNoDifferent(@ForAll @IntRange(min = 1, max = 12) int threshold) {
    long[] hashes = neighbourly(6_000, threshold);

    assertThat(canonical(HammingComponents.of(hashes, threshold)))
        .isEqualTo(canonical(byComparingAllPairs(hashes, threshold)));
  }

  @Example
  void noHashesHaveNoComponents() {
    assertThat(HammingComponents.of(new long[0], 4)).isEmpty();
  }

  @Example
  void hashesThatDifferInJustTooManyBitsAreApart() {
    long[] hashes = {0, 0b1111, 0b11111_0000_0000};

    assertThat(canonical(HammingComponents.of(hashes, 4))).containsExactly(0, 0, 2);
    assertThat(canonical(HammingComponents.of(hashes, 5))).containsExactly(0, 0, 0);
  }

  @Example
  void thresholdZeroJoinsEqualHashes() {
    assertThat(canonical(HammingComponents.of(new long[] {7, 6, 7}, 0))).containsExactly(0, 1, 0);
  }

  @Example
  void threshold64JoinsOpposites() {
    assertThat(canonical(HammingComponents.of(new long[] {0, -1}, 63))).containsExactly(0, 1);
    assertThat(canonical(HammingComponents.of(new long[] {0, -1}, 64))).containsExactly(0, 0);
  }

  @Example
  void negativeThresholdIsRefused() {
    assertThatThrownBy(() -> HammingComponents.of(new long[0], -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threshold must be at least 0, but is -1");
  }

  /** A million hashes in seconds: comparing all pairs would take most of an hour. */
  @Example
  void aMillionHashesAreNoTrouble() {
    long[] hashes = neighbourly(1_000_000, 1);
    long start = System.nanoTime();

    int[] components = HammingComponents.of(hashes, 4);

    assertThat(components).hasSize(hashes.length);
    assertThat(System.nanoTime() - start).isLessThan(60_000_000_000L);
  }

  /** Hashes of which most are a few bits away from an earlier one, as those of pictures are. */
  static long[] neighbourly(int count, long seed) {
    Random random = new Random(seed);
    long[] hashes = new long[count];
    for (int i = 0; i < count; i++) {
      if (i == 0 || random.nextInt(3) == 0) {
        hashes[i] = random.nextLong();
      } else {
        hashes[i] = hashes[random.nextInt(i)];
        for (int flips = random.nextInt(14); flips > 0; flips--) {
          hashes[i] ^= 1L << random.nextInt(Long.SIZE);
        }
      }
    }
    return hashes;
  }

  /** What the class is compared with: slow, and too simple to be wrong. */
  static int[] byComparingAllPairs(long[] hashes, int threshold) {
    int[] components = new int[hashes.length];
    Arrays.fill(components, -1);
    int[] waiting = new int[hashes.length];
    for (int start = 0; start < hashes.length; start++) {
      if (components[start] >= 0) {
        continue;
      }
      components[start] = start;
      int count = 0;
      waiting[count++] = start;
      while (count > 0) {
        int at = waiting[--count];
        for (int other = 0; other < hashes.length; other++) {
          if (components[other] < 0 && Long.bitCount(hashes[at] ^ hashes[other]) <= threshold) {
            components[other] = start;
            waiting[count++] = other;
          }
        }
      }
    }
    return components;
  }

  /** Renames each component to the index of its first hash. */
  private static int[] canonical(int[] components) {
    int[] firsts = new int[components.length];
    Arrays.fill(firsts, -1);
    int[] result = new int[components.length];
    for (int i = 0; i < components.length; i++) {
      if (firsts[components[i]] < 0) {
        firsts[components[i]] = i;
      }
      result[i] = firsts[components[i]];
    }
    return result;
  }
}
