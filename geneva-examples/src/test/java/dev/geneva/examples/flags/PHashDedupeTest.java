package dev.geneva.examples.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.examples.flags.PHashDedupe.Assignment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PHashDedupeTest {

  @Property(tries = 15)
  void assignsEachPictureToTheSmallestRowIdOfItsComponent(
      @ForAll @IntRange(max = 300) int count,
      @ForAll @IntRange(max = 64) int threshold,
      @ForAll long seed) {
    long[] hashes = HammingComponentsTest.neighbourly(count, seed);
    long[] rowIds = new Random(seed).longs(count).distinct().toArray();

    assertThat(assignments(rowIds, hashes, threshold))
        .isEqualTo(expected(rowIds, hashes, threshold));
  }

  @Example
  void firstOfAClusterIsNoDuplicate() {
    assertThat(assignments(new long[] {9, 4, 7}, new long[] {0, -1, 1}, 4))
        .containsExactly(
            new Assignment(9, 7, true), new Assignment(4, 4, false), new Assignment(7, 7, false));
  }

  @Example
  void thresholdOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new PHashDedupe(65))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threshold must be 0 to 64, but is 65");
    assertThatThrownBy(() -> new PHashDedupe(-1))
        .hasMessage("threshold must be 0 to 64, but is -1");
  }

  private static List<Assignment> assignments(long[] rowIds, long[] hashes, int threshold) {
    List<Picture> rows =
        IntStream.range(0, rowIds.length).mapToObj(i -> picture(rowIds[i], hashes[i])).toList();
    Path db = Scratch.folder();
    try (Connection connection = Geneva.builder(db.toString()).syncToDisk(false).connect()) {
      Table images = connection.createTable("images", Picture.class, rows);
      UdtfView view =
          connection.createUdtfView(
              "deduped", images.search().select("row_id", "phash"), new PHashDedupe(threshold));
      view.refresh();
      try (Stream<Assignment> result = view.search().records(Assignment.class)) {
        return result.toList();
      }
    } finally {
      Scratch.delete(db);
    }
  }

  private static List<Assignment> expected(long[] rowIds, long[] hashes, int threshold) {
    int[] components = HammingComponentsTest.byComparingAllPairs(hashes, threshold);
    Map<Integer, Long> smallest = new HashMap<>();
    for (int i = 0; i < rowIds.length; i++) {
      smallest.merge(components[i], rowIds[i], Math::min);
    }
    List<Assignment> result = new ArrayList<>();
    for (int i = 0; i < rowIds.length; i++) {
      long clusterId = smallest.getOrDefault(components[i], rowIds[i]);
      result.add(new Assignment(rowIds[i], clusterId, rowIds[i] != clusterId));
    }
    return result;
  }

  private static Picture picture(long rowId, long hash) {
    return new Picture(rowId, "p" + rowId, "", 1, 1, PerceptualHash.toBytes(hash), new byte[1]);
  }
}
