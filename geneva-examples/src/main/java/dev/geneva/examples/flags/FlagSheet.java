package dev.geneva.examples.flags;

import dev.geneva.examples.flags.FlagCluster.Drawing;
import dev.geneva.examples.flags.Sheet.Card;
import dev.geneva.examples.flags.Sheet.Figure;
import dev.geneva.examples.flags.Sheet.Group;
import dev.geneva.examples.flags.Sheet.Section;
import dev.geneva.examples.flags.Sheet.Shot;
import dev.geneva.examples.flags.Sheet.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lays out the contact sheet of the flags. */
final class FlagSheet {

  private final Truth truth;
  private final PerceptualHash hash;
  private final int threshold;

  FlagSheet(Truth truth, PerceptualHash hash, int threshold) {
    this.truth = truth;
    this.hash = hash;
    this.threshold = threshold;
  }

  /** Lays out all clusters. */
  Sheet layOut(
      List<FlagCluster> clusters,
      PairScore score,
      List<ThresholdTable.Row> thresholds,
      String footer) {
    return new Sheet(
        "Which of the world’s flags are near-duplicates?",
        "Every flag is drawn in two shapes, and every drawing turned into %d pictures: %s. Pictures whose 64-bit hashes (%s) differ in at most %d bits are neighbours, and whatever neighbours connect is a cluster."
            .formatted(Variant.values().length, variants(), hash.label(), threshold),
        figures(clusters, score),
        List.of(
            new Section(
                "Different flags that look alike",
                "What a hash of 64 bits takes for one. Side by side one sees why.",
                clusters.stream()
                    .filter(FlagCluster::isMixed)
                    .sorted(mostTerritoriesFirst())
                    .map(this::card)
                    .toList(),
                Tone.ALIKE,
                false),
            new Section(
                "One flag, several territories",
                "In one shape at least, their drawings are the same: no pixel differs by more than %d of 255."
                    .formatted(Truth.TOLERANCE),
                clusters.stream()
                    .filter(cluster -> !cluster.isMixed() && cluster.countTerritories() > 1)
                    .sorted(mostTerritoriesFirst())
                    .map(this::card)
                    .toList(),
                Tone.SHARED,
                false),
            new Section(
                "Drawings whose pictures drifted apart",
                "Pictures of one drawing that should be in one cluster, but aren’t.",
                apart(clusters),
                Tone.APART,
                true),
            new Section(
                "Found whole, and like no other",
                "All pictures of the drawing are in one cluster, and nothing else is.",
                whole(clusters),
                Tone.PLAIN,
                true)),
        Optional.of(new Sheet.Thresholds(thresholds, hash, threshold)),
        footer);
  }

  private List<Figure> figures(List<FlagCluster> clusters, PairScore score) {
    long pictures = clusters.stream().mapToLong(FlagCluster::countPictures).sum();
    return List.of(
        new Figure("pictures", Words.count(pictures)),
        new Figure("clusters", Words.count(clusters.size())),
        new Figure("duplicates", Words.count(pictures - clusters.size())),
        new Figure("different drawings", Words.count(truth.countDrawings())),
        new Figure("precision of pairs", Words.percent(score.precision())),
        new Figure("recall of pairs", Words.percent(score.recall())));
  }

  private static Comparator<FlagCluster> mostTerritoriesFirst() {
    return Comparator.comparing(FlagCluster::countTerritories)
        .thenComparing(FlagCluster::countPictures)
        .reversed()
        .thenComparing(FlagCluster::title);
  }

  private Card card(FlagCluster cluster) {
    return new Card(
        cluster.title().replace(" ~ ", " ≈ "),
        Words.count(cluster.countPictures(), "picture"),
        cluster.drawings().stream().map(FlagSheet::group).toList());
  }

  private static Group group(Drawing drawing) {
    return new Group(
        drawing.code().toUpperCase(Locale.ROOT),
        CountryNames.of(drawing.code()),
        drawing.shape(),
        variants(drawing),
        drawing.pictures().stream().map(FlagSheet::shot).toList());
  }

  private static Shot shot(Picture.Label picture) {
    String code = picture.name().substring(0, picture.name().indexOf(' '));
    String shape = picture.name().substring(code.length() + 1);
    return new Shot(
        picture.rowId(),
        "Flag of %s, %s, %s".formatted(CountryNames.of(code), shape, picture.variant()));
  }

  private static String variants(Drawing drawing) {
    return drawing.pictures().size() == Variant.values().length
        ? "all variants"
        : drawing.pictures().stream().map(Picture.Label::variant).collect(Collectors.joining(", "));
  }

  private static String variants() {
    List<String> labels = new ArrayList<>();
    for (Variant variant : Variant.values()) {
      labels.add(variant.label());
    }
    return String.join(", ", labels);
  }

  /** One card for each drawing that is in several clusters, one group for each of them. */
  private static List<Card> apart(List<FlagCluster> clusters) {
    Map<String, List<Drawing>> bySource = new TreeMap<>();
    for (FlagCluster cluster : clusters) {
      for (Drawing drawing : cluster.drawings()) {
        bySource.computeIfAbsent(drawing.source(), source -> new ArrayList<>()).add(drawing);
      }
    }
    return bySource.values().stream()
        .filter(parts -> parts.size() > 1)
        .sorted(Comparator.comparing((List<Drawing> parts) -> parts.size()).reversed())
        .map(
            parts ->
                new Card(
                    CountryNames.of(parts.get(0).code()) + ", " + parts.get(0).shape(),
                    Words.count(parts.size(), "cluster"),
                    parts.stream().map(FlagSheet::group).toList()))
        .toList();
  }

  /** One card for each cluster of one territory that lacks nothing, with one picture each. */
  private static List<Card> whole(List<FlagCluster> clusters) {
    return clusters.stream()
        .filter(cluster -> cluster.countTerritories() == 1)
        .filter(
            cluster ->
                cluster.drawings().stream()
                    .allMatch(drawing -> drawing.pictures().size() == Variant.values().length))
        .sorted(Comparator.comparing(FlagCluster::title))
        .map(
            cluster -> new Card("", "", cluster.drawings().stream().map(FlagSheet::first).toList()))
        .toList();
  }

  private static Group first(Drawing drawing) {
    Group all = group(drawing);
    return new Group(all.code(), all.name(), all.detail(), "", all.shots().subList(0, 1));
  }
}
