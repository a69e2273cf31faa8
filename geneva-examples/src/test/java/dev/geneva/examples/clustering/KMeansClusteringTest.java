package dev.geneva.examples.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.PartitionFailedException;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.examples.clustering.KMeansClustering.Assignment;
import dev.geneva.examples.clustering.Pictograph.Label;
import dev.geneva.examples.fixture.DatabaseTest;
import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.FixedSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KMeansClusteringTest extends DatabaseTest {

  @ArrowRecord
  record Point(long rowId, @FixedSize(2) float @Nullable [] embedding) {}

  @Test
  void assignmentsComeInTheSourcesOrderAndInChunks() {
    Table points =
        source(
            Point.class,
            LongStream.range(0, 25_000)
                .mapToObj(i -> new Point(i, new float[] {i % 2 == 0 ? 1 : 5, i % 100 / 1000f}))
                .toList());
    UdtfView clusters =
        connection.createUdtfView("clusters", points.search(), new KMeansClustering(2));

    RefreshReport report = clusters.refresh();

    assertThat(report.batchesWritten()).isEqualTo(3);
    List<Assignment> assignments = rows(clusters.search(), Assignment.class);
    assertThat(assignments)
        .extracting(Assignment::rowId)
        .containsExactlyElementsOf(() -> LongStream.range(0, 25_000).iterator());
    assertThat(assignments)
        .allMatch(each -> each.clusterId() == assignments.get((int) (each.rowId() % 2)).clusterId())
        .allMatch(each -> each.distanceToCentroid() < 0.06);
  }

  @Test
  void noRowsAreNoAssignments() {
    assertThat(compute(source(Point.class, List.of()), new KMeansClustering(2), Assignment.class))
        .isEmpty();
  }

  @Test
  void aRowWithoutEmbeddingIsNamed() {
    Table points =
        source(Point.class, List.of(new Point(1, new float[] {1, 2}), new Point(17, null)));

    assertThatThrownBy(() -> compute(points, new KMeansClustering(2), Assignment.class))
        .isInstanceOf(PartitionFailedException.class)
        .hasMessageContaining("row 17 has no embedding, or one that isn't finite");
  }

  @Test
  void kMustBePositive() {
    assertThatThrownBy(() -> new KMeansClustering(0)).hasMessage("k must be at least 1, but is 0");
  }

  @Test
  void namesThatMeanSimilarThingsAreInOneCluster() throws IOException {
    List<Label> labels =
        Pictograph.known().stream()
            .filter(label -> label.name().startsWith("clock face ") || isHeart(label.name()))
            .toList();
    assertThat(labels).hasSizeGreaterThan(30);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      ClusteringExample.run(connection, labels, 2, out);
    }

    Map<Long, String> names = labels.stream().collect(Collectors.toMap(Label::rowId, Label::name));
    Map<Long, Set<Boolean>> hearts =
        rows(connection.openUdtfView("clusters").search(), Assignment.class).stream()
            .collect(
                Collectors.groupingBy(
                    Assignment::clusterId,
                    Collectors.mapping(
                        each -> isHeart(names.get(each.rowId())), Collectors.toSet())));
    assertThat(hearts.values()).containsExactlyInAnyOrder(Set.of(true), Set.of(false));
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains(labels.size() + " characters", "REFRESHED: ", "💙 blue heart", "  24: ");
  }

  private static boolean isHeart(String name) {
    return name.endsWith(" heart");
  }
}
