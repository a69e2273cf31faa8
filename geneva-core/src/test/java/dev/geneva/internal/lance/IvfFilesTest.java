package dev.geneva.internal.lance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.Table;
import dev.geneva.VectorIndex;
import dev.geneva.VectorMetric;
import dev.geneva.internal.json.Json;
import dev.geneva.internal.store.LocalFileStore;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lance.file.LanceFileReader;
import org.lance.index.Index;

/**
 * Fails when another version of Lance lays out the files of an index differently, and says what is
 * different: {@link IvfFiles} must then be adapted.
 */
class IvfFilesTest {

  private static final int DIMENSION = 16;
  private static final int ROWS = 600;

  @TempDir Path folder;

  static Stream<VectorIndex> kinds() {
    return Stream.of(
            VectorIndex.ivfFlat("vec"),
            VectorIndex.ivfFlat("vec").metric(VectorMetric.COSINE),
            VectorIndex.ivfPq("vec"),
            VectorIndex.ivfSq("vec"),
            VectorIndex.ivfRq("vec"),
            VectorIndex.ivfHnswPq("vec").metric(VectorMetric.DOT),
            VectorIndex.ivfHnswSq("vec"))
        .map(index -> index.partitions(5).build());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void areLaidOutAsExpected(VectorIndex index) throws Exception {
    try (BufferAllocator allocator = new RootAllocator()) {
      try (Connection connection = Geneva.connect(folder.toString());
          VectorSchemaRoot root = rows(allocator)) {
        Table table = connection.createTable("t", root);
        table.createIndex(index);
      }
      LanceStorage storage = new LanceStorage(folder, Map.of(), allocator);
      try (LanceDataset dataset = storage.open("t", OptionalLong.empty())) {
        Index built = dataset.dataset().getIndexes().get(0);
        Path part = folder.resolve("t.lance/_indices/" + built.uuid());
        try (Stream<Path> files = Files.list(part)) {
          assertThat(files.map(file -> file.getFileName().toString()))
              .containsExactlyInAnyOrder("index.idx", "auxiliary.idx");
        }
        lastBytesAreTheTail(part.resolve("auxiliary.idx"));
        filesSayWhatStatisticsSay(dataset, built, part);
        rowsAreSortedByPartition(part, allocator);
      }
    }
  }

  private static void lastBytesAreTheTail(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    var tail = java.nio.ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new String(bytes, bytes.length - 4, 4, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("LANC");
    assertThat(tail.getShort(bytes.length - 8)).as("major version").isEqualTo((short) 2);
    assertThat(tail.getInt(bytes.length - 16)).as("global buffers").isBetween(2, 3);
  }

  private void filesSayWhatStatisticsSay(LanceDataset dataset, Index built, Path part)
      throws Exception {
    IvfModel files =
        IvfFiles.read(new LocalFileStore(folder, true), folder.relativize(part).toString());
    Map<String, Object> said = IvfPart.statistics(dataset.dataset(), built);
    JsonNode statistics = Json.tree(said);
    assertThat(files.kind().name()).isEqualTo(statistics.path("index_type").asText());
    assertThat(files.metric().name())
        .isEqualToIgnoringCase(statistics.path("metric_type").asText());
    assertThat(files.partitions()).isEqualTo(statistics.path("partitions").size()).isEqualTo(5);
    for (int p = 0; p < files.partitions(); p++) {
      assertThat(files.size(p))
          .as("rows of %d", p)
          .isEqualTo(statistics.path("partitions").path(p).path("size").asLong());
    }
    assertThat(files.rows()).isEqualTo(ROWS);
    assertThat(files.centroids().dimension()).isEqualTo(DIMENSION);
  }

  /** Beyond the sizes, of which statistics tell: each row id is there once, in order. */
  private void rowsAreSortedByPartition(Path part, BufferAllocator allocator) throws Exception {
    IvfModel model =
        IvfFiles.read(new LocalFileStore(folder, true), folder.relativize(part).toString());
    long[] seen = new long[model.partitions()];
    boolean[] rows = new boolean[ROWS];
    IvfFiles.rows(
        new LocalFileStore(folder, true),
        folder.relativize(part).toString(),
        model,
        Map.of(),
        allocator,
        (rowId, partition) -> {
          seen[partition]++;
          assertThat(rows[(int) rowId]).isFalse();
          rows[(int) rowId] = true;
        });
    assertThat(seen)
        .isEqualTo(java.util.stream.IntStream.range(0, 5).mapToLong(model::size).toArray());
    try (LanceFileReader reader =
        LanceFileReader.open(part.resolve("auxiliary.idx").toString(), allocator)) {
      assertThat(reader.schema().getFields()).extracting(Field::getName).contains("_rowid");
      assertThat(reader.schema().getCustomMetadata()).containsKey("lance:ivf");
    }
  }

  private static VectorSchemaRoot rows(BufferAllocator allocator) {
    Field item =
        new Field(
            "item",
            FieldType.nullable(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)),
            null);
    Schema schema =
        new Schema(
            List.of(
                new Field(
                    "vec",
                    FieldType.nullable(new ArrowType.FixedSizeList(DIMENSION)),
                    List.of(item))));
    VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
    FixedSizeListVector vectors = (FixedSizeListVector) root.getVector("vec");
    vectors.setInitialCapacity(ROWS);
    vectors.allocateNew();
    Float4Vector elements = (Float4Vector) vectors.getDataVector();
    Random random = new Random(1);
    for (int i = 0; i < ROWS * DIMENSION; i++) {
      elements.setSafe(i, (float) random.nextGaussian());
    }
    for (int i = 0; i < ROWS; i++) {
      vectors.setNotNull(i);
    }
    elements.setValueCount(ROWS * DIMENSION);
    vectors.setValueCount(ROWS);
    root.setRowCount(ROWS);
    return root;
  }
}
