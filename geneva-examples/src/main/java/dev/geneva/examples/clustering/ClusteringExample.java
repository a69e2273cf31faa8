package dev.geneva.examples.clustering;

import dev.geneva.Connection;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.examples.clustering.KMeansClustering.Assignment;
import dev.geneva.examples.clustering.Pictograph.Label;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs {@link KMeansClustering}: what are Unicode's pictographs about? */
public final class ClusteringExample {

  private static final int CLUSTERS = 24;
  private static final int SHOWN = 6;

  private ClusteringExample() {}

  /** Runs it over all pictographs that the running JDK knows. */
  public static void kMeans(Connection connection, PrintStream out) throws IOException {
    run(connection, Pictograph.known(), CLUSTERS, out);
  }

  static void run(Connection connection, List<Label> labels, int k, PrintStream out)
      throws IOException {
    TextEmbedding model = TextEmbedding.load();
    Table pictographs =
        connection.createTable("pictographs", Pictograph.class, Pictograph.embed(labels, model));
    out.printf(
        "  table  pictographs: %,d characters, the meaning of each one's name as %d numbers%n",
        pictographs.countRows(), Pictograph.SIZE);
    UdtfView clusters =
        connection.createUdtfView(
            "clusters",
            pictographs.search().select("row_id", "embedding"),
            new KMeansClustering(k));
    RefreshReport report = clusters.refresh();
    out.printf(
        "  view   %s: %,d rows read, %,d written%n%n",
        report.status(), report.rowsRead(), report.rowsWritten());
    print(labels, clusters, out);
  }

  /** Each cluster by its members that are nearest to its centroid, the densest cluster first. */
  private static void print(List<Label> labels, UdtfView clusters, PrintStream out) {
    Map<Long, Label> byId =
        labels.stream().collect(Collectors.toMap(Label::rowId, Function.identity()));
    Map<Long, List<Assignment>> members;
    try (Stream<Assignment> assignments = clusters.search().records(Assignment.class)) {
      members =
          assignments
              .sorted(Comparator.comparingDouble(Assignment::distanceToCentroid))
              .collect(Collectors.groupingBy(Assignment::clusterId));
    }
    members.values().stream()
        .sorted(Comparator.comparingDouble(ClusteringExample::meanDistance))
        .forEach(
            cluster ->
                out.printf(
                    "  %4d: %s%n",
                    cluster.size(),
                    cluster.stream()
                        .limit(SHOWN)
                        .map(each -> Objects.requireNonNull(byId.get(each.rowId())))
                        .map(label -> label.symbol() + " " + label.name())
                        .collect(Collectors.joining(", "))));
  }

  private static double meanDistance(List<Assignment> cluster) {
    return cluster.stream().mapToDouble(Assignment::distanceToCentroid).average().orElseThrow();
  }
}
