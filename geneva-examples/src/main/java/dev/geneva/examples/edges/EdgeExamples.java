package dev.geneva.examples.edges;

import dev.geneva.Connection;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.examples.edges.EdgeClusters.Member;
import dev.geneva.examples.flags.CountryNames;
import dev.geneva.examples.flags.Picture;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the examples of this package: which of the world's flags look alike? */
public final class EdgeExamples {

  private static final int PARTITIONS = 16;
  private static final int THRESHOLD = 4;
  private static final int SHOWN = 12;

  private EdgeExamples() {}

  /** {@link EdgeDetection} over all pictures of flags, and {@link EdgeClusters} over its view. */
  public static void edgeDetection(Connection connection, PrintStream out) throws IOException {
    edgeDetection(connection, HashedPicture.of(Picture.ofFlags(), PARTITIONS), out);
  }

  static void edgeDetection(Connection connection, List<HashedPicture> pictures, PrintStream out) {
    Table images = createTable(connection, pictures, out);
    // tag::view-over-view[]
    UdtfView edges =
        connection.createUdtfView("edges", images.search(), new EdgeDetection(THRESHOLD));
    UdtfView clusters = connection.createUdtfView("clusters", edges.search(), new EdgeClusters());
    RefreshReport found = edges.refresh();
    RefreshReport joined = clusters.refresh();
    // end::view-over-view[]
    print("edges", found, out);
    print("clusters", joined, out);
    printCost(pictures, out);
    printResult(pictures, found, clusters, out);
  }

  /** {@link IndexPartitionedEdgeDetection} over the same pictures. */
  public static void indexPartitioned(Connection connection, PrintStream out) throws IOException {
    indexPartitioned(connection, HashedPicture.of(Picture.ofFlags(), PARTITIONS), PARTITIONS, out);
  }

  static void indexPartitioned(
      Connection connection, List<HashedPicture> pictures, int partitions, PrintStream out) {
    Table images = createTable(connection, pictures, out);
    // tag::index[]
    images.createIvfFlatIndex("phash", partitions);
    UdtfView edges =
        connection.createUdtfView(
            "edges",
            images.search().select("row_id", "phash"),
            new IndexPartitionedEdgeDetection(THRESHOLD));
    RefreshReport found = edges.refresh();
    // end::index[]
    print("edges", found, out);
    UdtfView clusters = connection.createUdtfView("clusters", edges.search(), new EdgeClusters());
    print("clusters", clusters.refresh(), out);
    printResult(pictures, found, clusters, out);
  }

  private static Table createTable(
      Connection connection, List<HashedPicture> pictures, PrintStream out) {
    Table images = connection.createTable("images", HashedPicture.class, pictures);
    out.printf("  table  images: %,d pictures of flags%n", pictures.size());
    return images;
  }

  private static void print(String view, RefreshReport report, PrintStream out) {
    out.printf(
        "  view   %s %s: %,d rows read, %,d written, %,d calls%n",
        view, report.status(), report.rowsRead(), report.rowsWritten(), report.partitionsRun());
  }

  /** What partitioning saved. */
  private static void printCost(List<HashedPicture> pictures, PrintStream out) {
    double compared = sizes(pictures).values().stream().mapToDouble(n -> n * (n - 1) / 2.0).sum();
    double all = pictures.size() * (pictures.size() - 1) / 2.0;
    out.printf("%n  compared %.0f %% of all pairs%n", 100 * compared / all);
  }

  /** What it cost, and what was found. */
  private static void printResult(
      List<HashedPicture> pictures, RefreshReport found, UdtfView clusters, PrintStream out) {
    out.printf(
        "  found %.1f %% of the edges that comparing all pairs finds%n",
        100.0 * found.rowsWritten() / countAllEdges(pictures));
    printClusters(clusters, out);
  }

  private static Map<Integer, Long> sizes(List<HashedPicture> pictures) {
    return pictures.stream()
        .collect(
            Collectors.groupingBy(HashedPicture::partitionId, TreeMap::new, Collectors.counting()));
  }

  private static long countAllEdges(List<HashedPicture> pictures) {
    long[] hashes = pictures.stream().mapToLong(HashedPicture::hash).toArray();
    long edges = 0;
    for (int a = 0; a < hashes.length; a++) {
      for (int b = 0; b < a; b++) {
        edges += Long.bitCount(hashes[a] ^ hashes[b]) <= THRESHOLD ? 1 : 0;
      }
    }
    return edges;
  }

  /** The clusters that hold more than one territory's flag. */
  private static void printClusters(UdtfView clusters, PrintStream out) {
    Map<String, TreeSet<String>> names;
    try (Stream<Member> members = clusters.search().records(Member.class)) {
      names =
          members.collect(
              Collectors.groupingBy(
                  Member::clusterId,
                  TreeMap::new,
                  Collectors.mapping(
                      member -> flag(member.rowId()), Collectors.toCollection(TreeSet::new))));
    }
    List<TreeSet<String>> shared =
        names.values().stream()
            .filter(flags -> flags.size() > 1)
            .distinct()
            .sorted(Comparator.<TreeSet<String>>comparingInt(TreeSet::size).reversed())
            .toList();
    out.printf("  %,d clusters, of which these hold more than one flag:%n", names.size());
    shared.stream().limit(SHOWN).forEach(flags -> out.println("    " + String.join(" ~ ", flags)));
    if (shared.size() > SHOWN) {
      out.printf("    and %,d more%n", shared.size() - SHOWN);
    }
  }

  /** The name of the territory with whose code a row id begins. */
  private static String flag(String rowId) {
    return CountryNames.of(rowId.substring(0, rowId.indexOf(' ')));
  }
}
