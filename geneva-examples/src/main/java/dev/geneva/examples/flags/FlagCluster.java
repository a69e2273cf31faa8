package dev.geneva.examples.flags;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a cluster of flags means.
 *
 * @param id the cluster
 * @param drawings the pictures by what they show, those of one flag side by side
 * @param territories the codes of the territories, those that have one flag in one list
 */
record FlagCluster(long id, List<Drawing> drawings, List<List<String>> territories) {

  /** Interprets a cluster. */
  static FlagCluster of(Cluster cluster, Truth truth) {
    Map<String, List<Picture.Label>> bySource =
        cluster.pictures().stream().collect(Collectors.groupingBy(Picture.Label::name));
    // By flag, in the order of the first code that has it.
    Map<Integer, List<Drawing>> byFlag =
        bySource.entrySet().stream()
            .map(entry -> new Drawing(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparing(Drawing::code)
                    .thenComparing(Drawing::shape, Comparator.reverseOrder()))
            .collect(
                Collectors.groupingBy(
                    drawing -> truth.flag(drawing.code()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return new FlagCluster(
        cluster.id(),
        byFlag.values().stream().flatMap(Collection::stream).toList(),
        byFlag.values().stream().map(FlagCluster::codes).toList());
  }

  private static List<String> codes(List<Drawing> drawings) {
    return drawings.stream().map(Drawing::code).distinct().toList();
  }

  /** How many territories' flags are in it. */
  int countTerritories() {
    return territories.stream().mapToInt(List::size).sum();
  }

  /** How many pictures are in it. */
  int countPictures() {
    return drawings.stream().mapToInt(drawing -> drawing.pictures().size()).sum();
  }

  /** Whether flags are in it that differ. */
  boolean isMixed() {
    return territories.size() > 1;
  }

  /** The territories: {@code France = Mayotte} have one flag, {@code Chad ~ Romania} don't. */
  String title() {
    return territories.stream()
        .map(codes -> codes.stream().map(CountryNames::of).collect(Collectors.joining(" = ")))
        .collect(Collectors.joining(" ~ "));
  }

  /** The shapes, such as {@code 4x3 and 1x1}. */
  String shapes() {
    return drawings.stream()
        .map(Drawing::shape)
        .distinct()
        .sorted(Comparator.reverseOrder())
        .collect(Collectors.joining(" and "));
  }

  /**
   * Clusters that are about the same territories, which often happens with a flag's two shapes, in
   * one line each.
   */
  static List<FlagCluster> merged(Collection<FlagCluster> clusters) {
    Map<String, FlagCluster> byTitle = new TreeMap<>();
    for (FlagCluster cluster : clusters) {
      byTitle.merge(cluster.title(), cluster, FlagCluster::with);
    }
    return List.copyOf(byTitle.values());
  }

  private FlagCluster with(FlagCluster other) {
    List<Drawing> both = new ArrayList<>(drawings);
    both.addAll(other.drawings);
    return new FlagCluster(id, both, territories);
  }

  /**
   * The pictures of one drawing in a cluster.
   *
   * @param source such as {@code fr 4x3}
   * @param pictures those that are in the cluster, in the order of {@link Variant}
   */
  record Drawing(String source, List<Picture.Label> pictures) {

    /** The territory's code. */
    String code() {
      return source.substring(0, source.indexOf(' '));
    }

    /** The shape, such as {@code 4x3}. */
    String shape() {
      return source.substring(source.indexOf(' ') + 1);
    }
  }
}
