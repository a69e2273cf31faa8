package dev.geneva.examples.edges;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Joins edges to clusters: whatever edges connect, over any number of steps, is one. Runs over the
 * view of {@link EdgeDetection}, which it reads as any other table.
 */
// tag::class[]
@Udtf(output = EdgeClusters.Member.class)
public record EdgeClusters() implements BatchUdtf {

  /**
   * One picture's place. Pictures without an edge have none.
   *
   * @param rowId the picture
   * @param clusterId the first row id of its cluster
   */
  public record Member(String rowId, String clusterId) {}

  @Override
  public void process(UdtfSource source, BatchCollector out) {
    Map<String, String> parents = new TreeMap<>();
    try (Stream<Edge> edges = source.records(Edge.class)) {
      edges.forEach(edge -> join(edge, parents));
    }
    out.collectRecords(
        List.copyOf(parents.keySet()).stream()
            .map(rowId -> new Member(rowId, root(rowId, parents)))
            .toList());
  }

  private static void join(Edge edge, Map<String, String> parents) {
    String a = root(edge.rowIdA(), parents);
    String b = root(edge.rowIdB(), parents);
    // The smaller one becomes the root, so that a cluster is called by its first row id.
    parents.put(a.compareTo(b) < 0 ? b : a, a.compareTo(b) < 0 ? a : b);
  }

  /** The root of a tree. Each step on the way is halved for the next time. */
  private static String root(String rowId, Map<String, String> parents) {
    String at = rowId;
    for (String parent = parent(at, parents); !parent.equals(at); parent = parent(at, parents)) {
      String grandparent = parent(parent, parents);
      parents.put(at, grandparent);
      at = grandparent;
    }
    return at;
  }

  private static String parent(String rowId, Map<String, String> parents) {
    return parents.computeIfAbsent(rowId, own -> own);
  }
}
// end::class[]
