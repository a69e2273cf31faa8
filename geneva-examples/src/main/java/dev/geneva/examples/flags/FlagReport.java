package dev.geneva.examples.flags;

import dev.geneva.examples.flags.ThresholdTable.Measure;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What was found among the flags. */
final class FlagReport implements Report {

  private static final int WIDTH = 100;

  private final Truth truth;
  private final ThresholdTable thresholds;
  private final PerceptualHash hash;
  private final int threshold;

  /**
   * A report.
   *
   * @param hash what the pictures were compared by
   * @param threshold the most bits in which neighbours differ
   */
  FlagReport(Truth truth, ThresholdTable thresholds, PerceptualHash hash, int threshold) {
    this.truth = truth;
    this.thresholds = thresholds;
    this.hash = hash;
    this.threshold = threshold;
  }

  @Override
  public void print(List<Cluster> clusters, PrintStream out) {
    List<FlagCluster> found = interpret(clusters);
    printScore(clusters, out);
    printTitles(
        "Territories that share one flag (=): no pixel differs by more than "
            + Truth.TOLERANCE
            + " of 255",
        merged(found, FlagReport::isShared),
        out);
    printTitles(
        "Different flags that look alike (~): what a hash of 64 bits takes for one",
        merged(found, FlagCluster::isMixed),
        out);
    printThresholds(out);
  }

  @Override
  public void printChange(List<Cluster> before, List<Cluster> after, PrintStream out) {
    printScore(after, out);
    Set<String> known =
        interpret(before).stream().map(FlagCluster::title).collect(Collectors.toSet());
    printTitles(
        "New among the clusters of several territories",
        merged(
            interpret(after),
            cluster -> cluster.countTerritories() > 1 && !known.contains(cluster.title())),
        out);
  }

  @Override
  public Sheet sheet(List<Cluster> clusters, String footer) {
    return new FlagSheet(truth, hash, threshold)
        .layOut(interpret(clusters), score(clusters), thresholds.rows(), footer);
  }

  /** Compares clusters with the truth. */
  PairScore score(List<Cluster> clusters) {
    return PairScore.of(
        clusters.stream()
            .flatMap(
                cluster -> cluster.pictures().stream().map(picture -> placement(cluster, picture)))
            .toList());
  }

  private PairScore.Placement placement(Cluster cluster, Picture.Label picture) {
    String source = picture.name();
    return new PairScore.Placement(
        Math.toIntExact(cluster.id()), truth.drawing(source), truth.flag(codeOf(source)));
  }

  private static String codeOf(String source) {
    return source.substring(0, source.indexOf(' '));
  }

  private List<FlagCluster> interpret(List<Cluster> clusters) {
    return clusters.stream().map(cluster -> FlagCluster.of(cluster, truth)).toList();
  }

  private static boolean isShared(FlagCluster cluster) {
    return cluster.countTerritories() > 1 && !cluster.isMixed();
  }

  private static List<FlagCluster> merged(
      List<FlagCluster> clusters, Predicate<FlagCluster> wanted) {
    return FlagCluster.merged(clusters.stream().filter(wanted).toList()).stream()
        .sorted(Comparator.comparing(FlagCluster::countTerritories).reversed())
        .toList();
  }

  private void printScore(List<Cluster> clusters, PrintStream out) {
    PairScore score = score(clusters);
    long pictures = clusters.stream().mapToLong(cluster -> cluster.pictures().size()).sum();
    out.printf(
        "  %s in %s; %s of them duplicates%n",
        Words.count(pictures, "picture"),
        Words.count(clusters.size(), "cluster"),
        Words.count(pictures - clusters.size()));
    out.printf(
        "  precision %-8s %s of %s pairs in one cluster show one drawing%n",
        Words.percent(score.precision()), Words.count(score.right()), Words.count(score.found()));
    out.printf(
        "  recall    %-8s %s of %s pairs that show one drawing are in one cluster%n",
        Words.percent(score.recall()), Words.count(score.right()), Words.count(score.wanted()));
    out.println("  (not judged: a flag's 4x3 drawing against its 1x1 drawing)");
  }

  private static void printTitles(String heading, List<FlagCluster> clusters, PrintStream out) {
    if (clusters.isEmpty()) {
      return;
    }
    out.printf("%n  %s%n", heading);
    for (FlagCluster cluster : clusters) {
      String note =
          "(%s, %s)".formatted(cluster.shapes(), Words.count(cluster.countPictures(), "picture"));
      printWrapped("- " + cluster.title() + "  " + note, out);
    }
  }

  /** Breaks a line at spaces. */
  private static void printWrapped(String text, PrintStream out) {
    StringBuilder line = new StringBuilder("    ");
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() >= WIDTH) {
        out.println(line.toString().stripTrailing());
        line = new StringBuilder("      ");
      }
      line.append(word).append(' ');
    }
    out.println(line.toString().stripTrailing());
  }

  private void printThresholds(PrintStream out) {
    out.printf("%n  Other thresholds would have given, on all pictures:%n%n");
    out.printf("          %-31s  %s%n", PerceptualHash.GREY.label(), PerceptualHash.COLOUR.label());
    out.println("    bits  clusters  precision   recall     clusters  precision   recall");
    for (ThresholdTable.Row row : thresholds.rows()) {
      out.printf(
          "    %4d  %s     %s%s%n",
          row.threshold(),
          columns(row.measure(PerceptualHash.GREY)),
          columns(row.measure(PerceptualHash.COLOUR)),
          row.threshold() == threshold ? "   <- with the hash " + hash.label() : "");
    }
    out.printf(
        """

          The grey hash was made for photographs. A flag of three stripes has few frequencies that
          aren't 0, so most of its bits hang on noise, which costs recall; and without colour, all
          tricolours are much alike, which costs precision as soon as the threshold allows for noise.
        """);
  }

  private static String columns(Measure measure) {
    return String.format(
        Locale.ROOT,
        "%8s  %9s  %7s",
        Words.count(measure.clusters()),
        Words.percent(measure.score().precision()),
        Words.percent(measure.score().recall()));
  }
}
