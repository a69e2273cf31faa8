package dev.geneva.examples.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.examples.edges.EdgeClusters.Member;
import dev.geneva.examples.fixture.DatabaseTest;
import dev.geneva.examples.flags.Picture;
import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.FixedSize;
import dev.geneva.udtf.Unsigned;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EdgesTest extends DatabaseTest {

  @ArrowRecord
  record Row(
      String rowId,
      @FixedSize(8) @Unsigned byte @Nullable [] phash,
      @Nullable Integer partitionId) {}

  @Test
  void pairsWithinAPartitionAreFound() {
    Table images =
        source(
            Row.class,
            List.of(
                row("d", 0b1111, 1),
                row("a", 0, 1),
                row("b", 0b1, 1),
                row("c", 0b11, 2),
                row("e", 0b11, 2)));

    assertThat(compute(images, new EdgeDetection(3), Edge.class))
        .containsExactly(new Edge("a", "b", 1), new Edge("b", "d", 3), new Edge("c", "e", 0));
  }

  @Test
  void picturesWithoutPartitionAreAPartition() {
    Table images = source(Row.class, List.of(row("a", 0, null), row("b", 0, null), row("c", 0, 1)));

    assertThat(compute(images, new EdgeDetection(0), Edge.class))
        .containsExactly(new Edge("a", "b", 0));
  }

  @Test
  void pictureWithoutHashIsLikeNone() {
    Table images =
        source(Row.class, List.of(row("a", 0, 1), new Row("b", null, 1), new Row("c", null, 1)));

    assertThat(compute(images, new EdgeDetection(64), Edge.class)).isEmpty();
  }

  @Test
  void noEdgesAreNoRows() {
    Table images = source(Row.class, List.of(row("a", 0, 1), row("b", -1, 1)));

    assertThat(compute(images, new EdgeDetection(63), Edge.class)).isEmpty();
  }

  @Test
  void whateverEdgesConnectIsACluster() {
    Table edges =
        source(
            Edge.class,
            List.of(
                new Edge("d", "e", 1),
                new Edge("b", "c", 1),
                new Edge("a", "e", 1),
                new Edge("x", "y", 1),
                new Edge("c", "d", 1)));

    assertThat(compute(edges, new EdgeClusters(), Member.class))
        .containsExactly(
            new Member("a", "a"),
            new Member("b", "a"),
            new Member("c", "a"),
            new Member("d", "a"),
            new Member("e", "a"),
            new Member("x", "x"),
            new Member("y", "x"));
  }

  @Test
  void clustersFollowTheirEdges() {
    Table images = source(Row.class, List.of(row("a", 0, 1), row("b", 1, 1)));
    UdtfView edges = connection.createUdtfView("edges", images.search(), new EdgeDetection(4));
    UdtfView clusters = connection.createUdtfView("clusters", edges.search(), new EdgeClusters());
    edges.refresh();
    clusters.refresh();

    images.add(Row.class, List.of(row("c", 3, 1)));
    edges.refresh();
    clusters.refresh();

    assertThat(rows(clusters.search(), Member.class))
        .containsExactly(new Member("a", "a"), new Member("b", "a"), new Member("c", "a"));
  }

  @Test
  void theExampleSaysWhatPartitioningSavesAndCosts() {
    assertThat(printedBy(out -> EdgeExamples.edgeDetection(connection, fiveFlags(), out)))
        .contains("16 pictures of flags")
        .contains("edges REFRESHED: 16 rows read, 18 written, 5 calls")
        .contains("clusters REFRESHED: 18 rows read, 16 written, 1 calls")
        .containsPattern("compared 1\\d % of all pairs")
        .contains("found 100.0 % of the edges")
        .contains("5 clusters, of which these hold more than one flag:")
        .contains("    France ~ Réunion");
  }

  @Test
  void withOnePartitionTheIndexFindsAllEdges() {
    assertThat(printedBy(out -> EdgeExamples.indexPartitioned(connection, fiveFlags(), 1, out)))
        .contains("edges REFRESHED: 16 rows read, 18 written, 1 calls")
        .contains("found 100.0 % of the edges")
        .contains("    France ~ Réunion");
  }

  @Test
  void withSeveralPartitionsTheIndexFindsTheEdgesWithin() {
    Table images = source(HashedPicture.class, fiveFlags());
    images.createIvfFlatIndex("phash", 3);
    List<Edge> all =
        compute(images.at(images.version()), new IndexPartitionedEdgeDetection(64), Edge.class);

    assertThat(all).hasSizeLessThan(16 * 15 / 2).hasSizeGreaterThan(16);
    assertThat(all)
        .doesNotHaveDuplicates()
        .allMatch(edge -> edge.rowIdA().compareTo(edge.rowIdB()) < 0);
  }

  /** Three pictures of each of five flags, each with one bit of its own, and one of a sixth. */
  private static List<HashedPicture> fiveFlags() {
    List<Picture> pictures = new ArrayList<>();
    Random random = new Random(5);
    for (String country : List.of("fr", "jp", "br", "ke", "ca")) {
      long hash = random.nextLong();
      for (String variant : List.of("original", "half size", "cropped")) {
        pictures.add(picture(country + " 4x3", variant, hash ^ 1L << random.nextInt(Long.SIZE)));
      }
    }
    pictures.add(picture("re 4x3", "original", ByteBuffer.wrap(pictures.get(0).phash()).getLong()));
    return HashedPicture.of(pictures, 5);
  }

  private static String printedBy(Consumer<PrintStream> example) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      example.accept(out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void thereAreNoMorePartitionsThanDifferentHashes() {
    List<Picture> pictures = List.of(picture("fr", "a", 1), picture("fr", "b", 1));

    assertThat(HashedPicture.of(pictures, 4))
        .extracting(HashedPicture::partitionId)
        .containsExactly(0, 0);
    assertThat(HashedPicture.of(List.of(), 4)).isEmpty();
  }

  @Test
  void thresholdOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new EdgeDetection(65))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threshold must be 0 to 64, but is 65");
    assertThatThrownBy(() -> new IndexPartitionedEdgeDetection(-1))
        .hasMessage("threshold must be 0 to 64, but is -1");
  }

  private static Row row(String rowId, long hash, @Nullable Integer partitionId) {
    return new Row(rowId, bytes(hash), partitionId);
  }

  private static Picture picture(String name, String variant, long hash) {
    return new Picture(0, name, variant, 1, 1, bytes(hash), new byte[0]);
  }

  private static byte[] bytes(long hash) {
    return ByteBuffer.allocate(Long.BYTES).putLong(hash).array();
  }
}
