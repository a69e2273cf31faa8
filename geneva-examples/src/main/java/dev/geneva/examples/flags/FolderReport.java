package dev.geneva.examples.flags;

import dev.geneva.examples.flags.Sheet.Card;
import dev.geneva.examples.flags.Sheet.Figure;
import dev.geneva.examples.flags.Sheet.Group;
import dev.geneva.examples.flags.Sheet.Section;
import dev.geneva.examples.flags.Sheet.Shot;
import dev.geneva.examples.flags.Sheet.Tone;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What was found among the pictures of a folder, of which nothing is known beforehand. */
final class FolderReport implements Report {

  private static final int MOST_LINES = 20;

  /** A sheet with more pictures would be too large to open with pleasure. */
  private static final int MOST_SHOTS = 2_000;

  private final Path folder;
  private final PerceptualHash hash;
  private final int threshold;

  /**
   * A report.
   *
   * @param folder where the pictures are from
   * @param hash what they were compared by
   * @param threshold the most bits in which neighbours differ
   */
  FolderReport(Path folder, PerceptualHash hash, int threshold) {
    this.folder = folder;
    this.hash = hash;
    this.threshold = threshold;
  }

  @Override
  public void print(List<Cluster> clusters, PrintStream out) {
    printCount(clusters, out);
    printMembers(largest(clusters), out);
  }

  @Override
  public void printChange(List<Cluster> before, List<Cluster> after, PrintStream out) {
    printCount(after, out);
    Set<Set<String>> known = new HashSet<>();
    before.forEach(cluster -> known.add(Set.copyOf(names(cluster))));
    printMembers(
        largest(after).stream()
            .filter(cluster -> !known.contains(Set.copyOf(names(cluster))))
            .toList(),
        out);
  }

  @Override
  public Sheet sheet(List<Cluster> clusters, String footer) {
    List<Card> cards = new ArrayList<>();
    int shots = 0;
    List<Cluster> largest = largest(clusters);
    for (Cluster cluster : largest) {
      shots += cluster.pictures().size();
      if (shots > MOST_SHOTS && !cards.isEmpty()) {
        break;
      }
      cards.add(card(cluster));
    }
    String left =
        cards.size() == largest.size()
            ? ""
            : " The largest %s are shown, of %s."
                .formatted(Words.count(cards.size()), Words.count(largest.size()));
    long pictures = countPictures(clusters);
    return new Sheet(
        "Near-duplicates in " + Objects.toString(folder.getFileName(), folder.toString()),
        "Pictures whose 64-bit hashes (%s) differ in at most %d bits are neighbours, and whatever neighbours connect is a cluster.%s"
            .formatted(hash.label(), threshold, left),
        List.of(
            new Figure("pictures", Words.count(pictures)),
            new Figure("clusters of several", Words.count(largest.size())),
            new Figure("duplicates", Words.count(pictures - clusters.size()))),
        List.of(
            new Section(
                "Near-duplicates",
                "The first picture of a cluster is the one with the smallest row id.",
                cards,
                Tone.SHARED,
                false)),
        Optional.empty(),
        footer);
  }

  private static Card card(Cluster cluster) {
    return new Card(
        "",
        Words.count(cluster.pictures().size(), "picture"),
        cluster.pictures().stream()
            .limit(MOST_SHOTS)
            .map(
                picture ->
                    new Group(
                        "",
                        picture.name(),
                        "",
                        picture.rowId() == cluster.id() ? "first" : "duplicate",
                        List.of(new Shot(picture.rowId(), picture.name()))))
            .toList());
  }

  private static List<Cluster> largest(List<Cluster> clusters) {
    return clusters.stream()
        .filter(cluster -> cluster.pictures().size() > 1)
        .sorted(
            Comparator.comparing((Cluster cluster) -> cluster.pictures().size())
                .reversed()
                .thenComparing(Cluster::id))
        .toList();
  }

  private static void printCount(List<Cluster> clusters, PrintStream out) {
    long pictures = countPictures(clusters);
    out.printf(
        "  %s in %s; %s of them duplicates%n",
        Words.count(pictures, "picture"),
        Words.count(clusters.size(), "cluster"),
        Words.count(pictures - clusters.size()));
  }

  private static void printMembers(List<Cluster> clusters, PrintStream out) {
    clusters.stream()
        .limit(MOST_LINES)
        .forEach(cluster -> out.println("    - " + String.join(" ~ ", names(cluster))));
    if (clusters.size() > MOST_LINES) {
      out.printf("      and %s more%n", Words.count(clusters.size() - MOST_LINES));
    }
  }

  private static List<String> names(Cluster cluster) {
    return cluster.pictures().stream().map(Picture.Label::name).collect(Collectors.toList());
  }

  private static long countPictures(List<Cluster> clusters) {
    return clusters.stream().mapToLong(cluster -> cluster.pictures().size()).sum();
  }
}
