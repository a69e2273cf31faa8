package dev.geneva.examples.flags;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Measures every threshold with every kind of hash against the truth. */
final class ThresholdTable {

  private static final int FIRST = 2;
  private static final int LAST = 12;

  private final List<Row> rows;

  private ThresholdTable(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /** One line for each threshold, in ascending order. */
  List<Row> rows() {
    return rows;
  }

  /** Measures thresholds 2 to 12. */
  static ThresholdTable of(List<HashedFlag> pictures, Truth truth) {
    List<Row> rows = new ArrayList<>();
    for (int threshold = FIRST; threshold <= LAST; threshold++) {
      Map<PerceptualHash, Measure> measures = new EnumMap<>(PerceptualHash.class);
      for (PerceptualHash kind : PerceptualHash.values()) {
        measures.put(kind, measure(pictures, truth, kind, threshold));
      }
      rows.add(new Row(threshold, measures));
    }
    return new ThresholdTable(rows);
  }

  private static Measure measure(
      List<HashedFlag> pictures, Truth truth, PerceptualHash kind, int threshold) {
    long[] hashes = pictures.stream().mapToLong(picture -> picture.hash(kind)).toArray();
    int[] components = HammingComponents.of(hashes, threshold);
    List<PairScore.Placement> placements =
        IntStream.range(0, components.length)
            .mapToObj(i -> placement(components[i], pictures.get(i).flag(), truth))
            .toList();
    return new Measure(
        (int) Arrays.stream(components).distinct().count(), PairScore.of(placements));
  }

  private static PairScore.Placement placement(int cluster, Flag flag, Truth truth) {
    return new PairScore.Placement(cluster, truth.drawing(flag.source()), truth.flag(flag.code()));
  }

  /**
   * A picture of a flag.
   *
   * @param flag what it shows
   * @param hashes its hash of each kind
   */
  record HashedFlag(Flag flag, Map<PerceptualHash, Long> hashes) {

    static HashedFlag of(Flag flag, BufferedImage picture) {
      PixelAverages averages = PixelAverages.of(picture);
      Map<PerceptualHash, Long> hashes = new EnumMap<>(PerceptualHash.class);
      for (PerceptualHash kind : PerceptualHash.values()) {
        hashes.put(kind, kind.of(averages));
      }
      return new HashedFlag(flag, hashes);
    }

    long hash(PerceptualHash kind) {
      Long hash = hashes.get(kind);
      if (hash == null) {
        throw new IllegalArgumentException("no hash of kind " + kind);
      }
      return hash;
    }
  }

  /**
   * What a threshold gives.
   *
   * @param threshold the most bits in which neighbours differ
   * @param measures one for each kind of hash
   */
  record Row(int threshold, Map<PerceptualHash, Measure> measures) {

    Measure measure(PerceptualHash kind) {
      Measure measure = measures.get(kind);
      if (measure == null) {
        throw new IllegalArgumentException("not measured: " + kind);
      }
      return measure;
    }
  }

  /**
   * What a threshold gives with one kind of hash.
   *
   * @param clusters how many clusters there are
   * @param score how well they match the truth
   */
  record Measure(int clusters, PairScore score) {}
}
