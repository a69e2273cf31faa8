package dev.geneva.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.IndexDescription;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.VectorIndex;
import dev.geneva.internal.lance.IvfAssignments;
import dev.geneva.internal.lance.NearestPartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lance.Dataset;
import org.lance.Ref;
import org.lance.compaction.CompactionOptions;
import org.lance.index.IndexOptions;
import org.lance.index.IndexParams;
import org.lance.index.IndexType;
import org.lance.index.scalar.ScalarIndexParams;

/**
 * Who is in which partition, against Lance's own searches, and through all that changes a table.
 */
class IvfIndexTest {

  private static final Vectors VECTORS = Vectors.of("float32", 8);

  @TempDir Path folder;

  private VectorTable table(Vectors vectors) {
    return new VectorTable(folder.resolve("db"), vectors);
  }

  static VectorIndex.Builder index(String kind) {
    return switch (kind) {
      case "IVF_FLAT" -> VectorIndex.ivfFlat("vec");
      case "IVF_PQ" -> VectorIndex.ivfPq("vec").subVectors(2);
      case "IVF_SQ" -> VectorIndex.ivfSq("vec");
      case "IVF_RQ" -> VectorIndex.ivfRq("vec");
      case "IVF_HNSW_PQ" -> VectorIndex.ivfHnswPq("vec").subVectors(2);
      case "IVF_HNSW_SQ" -> VectorIndex.ivfHnswSq("vec");
      default -> throw new IllegalArgumentException(kind);
    };
  }

  static IndexDescription create(VectorTable table, VectorIndex index) {
    try (Connection connection = Geneva.connect(table.database().toString())) {
      return connection.openTable("t").createIndex(index);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "IVF_FLAT, false, 2.1", "IVF_FLAT, true, 2.2", "IVF_PQ, false, 2.2", "IVF_PQ, true, 2.1",
    "IVF_SQ, false, 2.1", "IVF_SQ, true, 2.2", "IVF_RQ, false, 2.2", "IVF_RQ, true, 2.1",
    "IVF_HNSW_PQ, false, 2.1", "IVF_HNSW_SQ, true, 2.2"
  })
  void assignsEachRowToThePartitionOfItsNearestCentroid(
      String kind, boolean stable, String format) {
    try (VectorTable table =
        table(VECTORS).withStableRowIds(stable).inFormat(format).write(0, 1000)) {
      IndexDescription created = create(table, index(kind).partitions(5).build());
      assertThat(created.kind()).isEqualTo(kind);
      table.change(dataset -> dataset.delete("id % 7 = 2"));
      VectorTable.State state = table.read();
      // Read from the one file of the index, and computed with the centroids of the other.
      assertThat(state.assigned()).hasSize(857).isEqualTo(state.predicted());
      assertThat(new HashSet<>(state.assigned().values())).hasSize(5);
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 2.1", "true, 2.1", "false, 2.2", "true, 2.2"})
  void survivesAllThatChangesATable(boolean stable, String format) throws Exception {
    try (VectorTable table =
        table(VECTORS.withOdd()).withStableRowIds(stable).inFormat(format).write(0, 1000)) {
      create(table, VectorIndex.ivfFlat("vec").partitions(6).build());
      Set<Long> uncovered = new HashSet<>();
      check(table, uncovered);

      table.write(1000, 1300);
      range(uncovered, 1000, 1300);
      check(table, uncovered);

      table.change(dataset -> dataset.delete("id BETWEEN 300 AND 450 OR id = 1100"));
      check(table, uncovered);

      table.update(500, 600);
      range(uncovered, 500, 600);
      check(table, uncovered);

      table.optimize(0); // a part for what is new
      uncovered.clear();
      check(table, uncovered);

      table.update(550, 1050); // rows of both parts
      range(uncovered, 550, 1050);
      check(table, uncovered);

      table.change(Dataset::compact);
      check(table, uncovered);

      table.optimize(0);
      uncovered.clear();
      check(table, uncovered);
      assertThat(parts(table)).isGreaterThan(1);

      table.change(dataset -> dataset.delete("id < 400"));
      table.write(2000, 2100);
      range(uncovered, 2000, 2100);
      check(table, uncovered);
    }
  }

  /**
   * Of the live rows, all are where they are nearest, but for the unindexable and the uncovered.
   */
  static void check(VectorTable table, Set<Long> uncovered) {
    VectorTable.State state = table.read();
    assertThat(state.assigned()).isNotEmpty();
    state
        .assigned()
        .forEach(
            (id, ordinal) -> {
              int predicted = state.predicted().get(id);
              boolean none = uncovered.contains(id) || predicted == NearestPartition.UNINDEXABLE;
              assertThat(ordinal)
                  .as("row %d", id)
                  .isEqualTo(none ? IvfAssignments.UNCOVERED : predicted);
            });
  }

  private static void range(Set<Long> ids, long from, long to) {
    for (long id = from; id < to; id++) {
      ids.add(id);
    }
  }

  private static int parts(VectorTable table) {
    try (Connection connection = Geneva.connect(table.database().toString())) {
      return connection.openTable("t").listIndices().get(0).uuids().size();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void followsPartsThatAreMergedAndPartitionsThatAreJoined(boolean stable) throws Exception {
    try (VectorTable table = table(VECTORS).withStableRowIds(stable).write(0, 1000)) {
      create(table, VectorIndex.ivfFlat("vec").partitions(5).build());
      table.write(1000, 1400);
      table.update(100, 300);
      try (Connection connection = Geneva.connect(table.database().toString())) {
        connection.openTable("t").optimize();
      }
      VectorTable.State state = table.read();
      assertThat(state.partitions()).isLessThan(5);
      // Lance merges the old and the new place of a changed row with a stable id: both stay, and
      // where they differ, the row counts as not covered.
      Set<Long> twice =
          state.assigned().keySet().stream()
              .filter(id -> state.assigned().get(id) == IvfAssignments.UNCOVERED)
              .collect(Collectors.toSet());
      assertThat(twice).allMatch(id -> id >= 100 && id < 300);
      assertThat(twice.isEmpty()).isEqualTo(!stable);
      check(table, twice);
    }
  }

  @Test
  void isReadOnABranch() throws Exception {
    try (VectorTable table = table(VECTORS).write(0, 1000)) {
      create(table, VectorIndex.ivfFlat("vec").partitions(5).build());
      VectorTable.State main = table.read();
      Path clone = table.database().resolve("u.lance");
      table.change(dataset -> dataset.shallowClone(clone.toString(), Ref.ofMain()).close());
      assertThat(table.readFrom("u").assigned()).isEqualTo(main.assigned());
      table.change(
          dataset -> {
            try (Dataset branch = dataset.createBranch("b", Ref.ofMain())) {
              branch.delete("id < 100");
            }
          });
      Files.createSymbolicLink(
          table.database().resolve("b.lance"), table.path().resolve("tree").resolve("b"));
      VectorTable.State branch = table.readFrom("b");
      main.assigned().keySet().removeIf(id -> id < 100);
      assertThat(branch.assigned()).isEqualTo(main.assigned());
    }
  }

  @Test
  void refusesAnIndexWhoseRowsACompactionMovedWithoutAdaptingIt() {
    try (VectorTable table = table(VECTORS).write(0, 1000)) {
      create(table, VectorIndex.ivfFlat("vec").partitions(5).build());
      table.change(
          dataset ->
              dataset.compact(CompactionOptions.builder().withDeferIndexRemap(true).build()));
      assertThatThrownBy(table::read)
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("Index 'vec_idx' can't be trusted")
          .hasMessageContaining("Build it anew with createIndex");
      // What the message says works, though Lance keeps its record of the compaction.
      create(table, VectorIndex.ivfFlat("vec").partitions(5).build());
      check(table, Set.of());
    }
  }

  @Test
  void refusesPartsWithDifferentCentroids() throws IOException {
    try (VectorTable table = table(VECTORS).write(0, 1000)) {
      create(table, VectorIndex.ivfFlat("vec").partitions(5).build());
      table.write(1000, 1400);
      table.optimize(0);
      List<Path> parts = indexFolders(table);
      assertThat(parts).hasSize(2);
      // As after a split in one part: another index's centroids in the place of this one's.
      create(table, VectorIndex.ivfFlat("vec").partitions(5).name("other").build());
      List<Path> three = indexFolders(table);
      three.removeAll(parts);
      table.change(dataset -> dataset.dropIndex("other"));
      Files.copy(
          three.get(0).resolve("index.idx"),
          parts.get(0).resolve("index.idx"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertThatThrownBy(table::read)
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("has 2 parts with different centroids")
          .hasMessageContaining("Build it anew with createIndex");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "auxiliary.idx, 0",
    "auxiliary.idx, 20",
    "auxiliary.idx, 1000",
    "index.idx, 0",
    "index.idx, 200",
    "index.idx, -1",
    "auxiliary.idx, -1"
  })
  void refusesDamagedFilesInsteadOfEndingTheProcess(String file, int size) throws IOException {
    try (VectorTable table = table(VECTORS).write(0, 1000)) {
      create(table, VectorIndex.ivfFlat("vec").partitions(5).build());
      Path damaged = indexFolders(table).get(0).resolve(file);
      byte[] bytes = Files.readAllBytes(damaged);
      Files.delete(damaged);
      if (size >= 0) {
        Files.write(damaged, java.util.Arrays.copyOf(bytes, Math.min(size, bytes.length)));
      }
      assertThatThrownBy(table::read)
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("Index 'vec_idx' can't be read")
          .hasMessageContaining("Build it anew with createIndex");
      try (Connection connection = Geneva.connect(table.database().toString())) {
        assertThat(connection.openTable("t").listIndices())
            .singleElement()
            .satisfies(index -> assertThat(index.partitions()).isEmpty());
      }
    }
  }

  @Test
  void refusesColumnsWithoutAVectorIndex() {
    try (VectorTable table = table(VECTORS).write(0, 1000)) {
      assertThatThrownBy(table::read)
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessage(
              "Column 'vec' of 't' has no vector index. Create one with createIvfFlatIndex(\"vec\").");
      assertThatThrownBy(() -> table.read("vek"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("No column 'vek' in 't'; did you mean 'vec'?");
      table.change(
          dataset ->
              dataset.createIndex(
                  IndexOptions.builder(
                          List.of("id"),
                          IndexType.BTREE,
                          IndexParams.builder()
                              .setScalarIndexParams(ScalarIndexParams.create("btree", "{}"))
                              .build())
                      .withIndexName("by_id")
                      .build()));
      assertThatThrownBy(() -> table.read("id"))
          .isInstanceOf(InvalidDefinitionException.class)
          .hasMessageContaining("Column 'id' of 't' has no vectors");
    }
  }

  static List<Path> indexFolders(VectorTable table) throws IOException {
    try (var folders = Files.list(table.path().resolve("_indices"))) {
      return folders.collect(Collectors.toCollection(java.util.ArrayList::new));
    }
  }
}
