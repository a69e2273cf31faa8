package dev.geneva.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.AlreadyExistsException;
import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.IndexDescription;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.Table;
import dev.geneva.VectorIndex;
import dev.geneva.VectorMetric;
import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.FixedSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Creating, listing and optimizing indices, and what is refused. */
class IndexApiTest {

  @TempDir Path folder;
  private Connection connection;

  @BeforeEach
  void connect() {
    connection = Geneva.connect(folder.resolve("db").toString());
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private Table table(String name, Vectors vectors, int rows) {
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(vectors.schema(), allocator)) {
      vectors.fill(root, 0, rows, 0);
      return connection.createTable(name, root);
    }
  }

  private static void append(Table table, Vectors vectors, int from, int to) {
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(vectors.schema(), allocator)) {
      vectors.fill(root, from, to, 0);
      table.add(root);
    }
  }

  @ParameterizedTest
  @CsvSource({"float16, L2", "float32, L2", "float64, L2", "uint8, HAMMING"})
  void flatIndexMeasuresByTheColumnsType(String element, VectorMetric metric) {
    Table table = table("t", Vectors.of(element, 8), 300);
    IndexDescription index = table.createIvfFlatIndex("vec");
    assertThat(index)
        .returns("vec_idx", IndexDescription::name)
        .returns("vec", IndexDescription::column)
        .returns("IVF_FLAT", IndexDescription::kind)
        .returns(Optional.of(metric), IndexDescription::metric)
        .returns(OptionalInt.of(2), IndexDescription::partitions)
        .returns(300L, IndexDescription::rowsIndexed)
        .returns(0L, IndexDescription::rowsUnindexed);
    assertThat(table.listIndices()).containsExactly(index);
  }

  @Test
  void flatIndexReplacesTheOneBefore() {
    Table table = table("t", Vectors.of("float32", 8), 300);
    IndexDescription first = table.createIvfFlatIndex("vec", 3);
    IndexDescription second = table.createIvfFlatIndex("vec", 4);
    assertThat(second.uuids()).doesNotContainAnyElementsOf(first.uuids());
    assertThat(table.listIndices()).containsExactly(second);
    assertThat(second.partitions()).hasValue(4);
  }

  @Test
  void optimizeBringsIndicesUpToDate() {
    Vectors vectors = Vectors.of("float32", 8);
    Table table = table("t", vectors, 300);
    assertThat(table.optimize()).isEqualTo(table.version());
    table.createIvfFlatIndex("vec", 3);
    append(table, vectors, 300, 500);
    assertThat(table.listIndices())
        .singleElement()
        .returns(300L, IndexDescription::rowsIndexed)
        .returns(200L, IndexDescription::rowsUnindexed);
    long version = table.optimize();
    assertThat(version).isEqualTo(table.version());
    assertThat(table.listIndices())
        .singleElement()
        .returns(500L, IndexDescription::rowsIndexed)
        .returns(0L, IndexDescription::rowsUnindexed);
    assertThat(table.optimize()).isEqualTo(version);
  }

  /**
   * A row.
   *
   * @param id its number
   * @param place where its vector is
   * @param vector or here
   */
  @ArrowRecord
  record Spot(long id, @Nullable Place place, @FixedSize(2) float @Nullable [] vector) {}

  /**
   * A vector within a struct.
   *
   * @param vector it
   */
  @ArrowRecord
  record Place(@FixedSize(2) float @Nullable [] vector) {}

  /** There is a partition to join in each index, at which Lance failed. */
  @ParameterizedTest
  @CsvSource({
    "vector, vector_idx, place.vector, place.vector_idx",
    "place.vector, place.vector_idx, vector, vector_idx"
  })
  void optimizeWaitsForAVector(String column, String name, String other, String otherName) {
    Table table = connection.createTable("t", Spot.class, spots(0, 60, "both"));
    table.createIvfFlatIndex("vector", 4);
    table.createIvfFlatIndex("place.vector", 4);
    table.add(Spot.class, spots(60, 2, "neither"));
    long version = table.version();
    assertThat(table.optimize()).isEqualTo(version);
    assertThat(unindexed(table, name)).isEqualTo(2);

    table.add(Spot.class, spots(70, 3, other));
    table.optimize();
    assertThat(unindexed(table, name)).isEqualTo(5);
    assertThat(unindexed(table, otherName)).isZero();

    table.add(Spot.class, spots(80, 1, column));
    table.optimize();
    assertThat(unindexed(table, name)).isZero();
    assertThat(unindexed(table, otherName)).isEqualTo(1);
    assertThat(table.countRows()).isEqualTo(66);
  }

  private static List<Spot> spots(long first, int count, String which) {
    boolean inner = which.equals("both") || which.equals("place.vector");
    boolean outer = which.equals("both") || which.equals("vector");
    return LongStream.range(first, first + count)
        .mapToObj(id -> spot(id, inner ? vector(id) : null, outer ? vector(id) : null))
        .toList();
  }

  private static Spot spot(long id, float @Nullable [] inner, float @Nullable [] outer) {
    return new Spot(id, id % 2 == 0 || inner != null ? new Place(inner) : null, outer);
  }

  private static float[] vector(long id) {
    return new float[] {id % 7, id % 11};
  }

  private static long unindexed(Table table, String index) {
    return table.listIndices().stream()
        .filter(listed -> listed.name().equals(index))
        .findFirst()
        .orElseThrow()
        .rowsUnindexed();
  }

  @Test
  void pinnedTablesListTheirIndicesAndChangeNone() {
    Table table = table("t", Vectors.of("float32", 8), 300);
    Table pinned = table.at(table.version());
    table.createIvfFlatIndex("vec");
    assertThat(pinned.listIndices()).isEmpty();
    assertThatThrownBy(() -> pinned.createIvfFlatIndex("vec"))
        .isInstanceOf(InvalidDefinitionException.class);
    assertThatThrownBy(pinned::optimize).isInstanceOf(InvalidDefinitionException.class);
  }

  @Test
  void partitionsFollowFromTheirSize() {
    Table table = table("t", Vectors.of("float32", 8), 300);
    assertThat(partitions(table, VectorIndex.ivfFlat("vec").rowsPerPartition(100))).isEqualTo(3);
    assertThat(partitions(table, VectorIndex.ivfFlat("vec").rowsPerPartition(99))).isEqualTo(4);
    assertThat(partitions(table, VectorIndex.ivfFlat("vec").rowsPerPartition(1000))).isEqualTo(1);
    assertThat(partitions(table("one", Vectors.of("float32", 8), 1), VectorIndex.ivfFlat("vec")))
        .isEqualTo(1);
  }

  private static int partitions(Table table, VectorIndex.Builder index) {
    return table.createIndex(index.build()).partitions().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(names = {"L2", "COSINE", "DOT"})
  void everyKindTakesEveryMetricOfFloats(VectorMetric metric) {
    for (String element : List.of("float16", "float32", "float64")) {
      Table table = table("t_" + element, Vectors.of(element, 16), 300);
      for (VectorIndex.Builder index :
          List.of(
              VectorIndex.ivfFlat("vec"),
              VectorIndex.ivfPq("vec"),
              VectorIndex.ivfPq("vec").bits(4).subVectors(4),
              VectorIndex.ivfSq("vec"),
              VectorIndex.ivfRq("vec"),
              VectorIndex.ivfRq("vec").bits(8),
              VectorIndex.ivfHnswPq("vec").graphEdges(2).efConstruction(1),
              VectorIndex.ivfHnswSq("vec"))) {
        VectorIndex built = index.metric(metric).partitions(3).maxIterations(5).build();
        assertThat(table.createIndex(built))
            .returns(built.kind().name(), IndexDescription::kind)
            .returns(Optional.of(metric), IndexDescription::metric);
      }
    }
  }

  @Test
  void refusesWhatTheColumnCannotHave() {
    Table floats = table("floats", Vectors.of("float32", 12), 300);
    Table bytes = table("bytes", Vectors.of("uint8", 8), 300);
    refused(floats, VectorIndex.ivfFlat("id"), "Column 'id' of 'floats' has no vectors");
    refused(
        floats,
        VectorIndex.ivfFlat("vec").metric(VectorMetric.HAMMING),
        "Can't create the IVF_FLAT index of column 'vec': HAMMING doesn't fit vectors of FLOAT32");
    refused(bytes, VectorIndex.ivfFlat("vec").metric(VectorMetric.L2), "L2 doesn't fit");
    refused(bytes, VectorIndex.ivfSq("vec"), "UINT8 can only have an IVF_FLAT index");
    refused(floats, VectorIndex.ivfFlat("vec").partitions(301), "301 partitions are too many");
    refused(floats, VectorIndex.ivfPq("vec").subVectors(5), "5 sub-vectors don't divide");
    refused(floats, VectorIndex.ivfPq("vec").bits(4).subVectors(3), "must be even: 3");
    refused(floats, VectorIndex.ivfRq("vec"), "vectors of 12 aren't whole bytes");
    assertThatThrownBy(() -> floats.createIvfFlatIndex("vek"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("No column 'vek' in 'floats'; did you mean 'vec'?");
    assertThat(floats.listIndices()).isEmpty();
  }

  @Test
  void refusesTooFewVectors() {
    refused(table("none", Vectors.of("float32", 8), 0), VectorIndex.ivfFlat("vec"), "no rows");
    refused(table("few", Vectors.of("float32", 8), 255), VectorIndex.ivfPq("vec"), "need 256 rows");
    refused(
        table("null", Vectors.of("float32", 8).withOdd(), 4),
        VectorIndex.ivfFlat("vec").partitions(4),
        "too few of its vectors are neither null nor without a distance");
  }

  @Test
  void refusesParametersThatTheKindHasNot() {
    assertThatThrownBy(() -> VectorIndex.ivfFlat("vec").subVectors(2))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessage("An IVF_FLAT index has no sub-vectors (column 'vec').");
    assertThatThrownBy(() -> VectorIndex.ivfPq("vec").bits(6))
        .hasMessage("IVF_PQ codes have 4 or 8 bits: 6");
    assertThatThrownBy(() -> VectorIndex.ivfSq("vec").graphEdges(8))
        .hasMessageContaining("has no graph");
    assertThatThrownBy(() -> VectorIndex.ivfFlat("vec").partitions(0))
        .hasMessage("The number of partitions must be positive: 0");
  }

  @Test
  void refusesATakenName() {
    Table table = table("t", Vectors.of("float32", 8), 300);
    table.createIvfFlatIndex("vec");
    assertThatThrownBy(() -> table.createIndex(VectorIndex.ivfFlat("vec").replace(false).build()))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessage("There is already an index 'vec_idx'.");
    table.createIndex(VectorIndex.ivfFlat("vec").name("second").replace(false).build());
    assertThat(table.listIndices())
        .extracting(IndexDescription::name)
        .containsExactly("second", "vec_idx");
  }

  private static void refused(Table table, VectorIndex.Builder index, String message) {
    assertThatThrownBy(() -> table.createIndex(index.build()))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining(message);
  }
}
