package dev.geneva.internal.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.internal.arrow.BatchCopy;
import dev.geneva.internal.arrow.BatchHash;
import dev.geneva.internal.arrow.LoadingReader;
import dev.geneva.internal.fixture.RandomBatch;
import dev.geneva.internal.fixture.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that are all there are staged at once as they would be from a stream. */
class StagedRowsTest {

  private static final int ROWS = 100;

  @TempDir Path folder;
  private TestDatabase database;

  @BeforeEach
  void openDatabase() {
    database = new TestDatabase(folder.resolve("db"));
  }

  @AfterEach
  void nothingIsLeft() {
    database.close();
  }

  static List<Field> storableFields() {
    return RandomBatch.FIELDS.stream().filter(StagedRowsTest::isStorable).toList();
  }

  private static boolean isStorable(Field field) {
    try {
      LanceTypes.requireStorable("t", new Schema(List.of(field)));
      return true;
    } catch (InvalidDefinitionException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("storableFields")
  void atOnceAndFromAStreamAreTheSame(Field field) throws Exception {
    Schema schema = new Schema(List.of(field));
    LanceStorage storage = database.storage();
    storage.create("t", schema);
    try (VectorSchemaRoot rows =
        RandomBatch.of(schema.getFields(), ROWS, 0.3, new Random(7), database.allocator())) {
      List<StagedFile> atOnce = storage.stage("t", rows);
      List<StagedFile> streamed;
      Queue<ArrowRecordBatch> batches = new ArrayDeque<>(List.of(BatchCopy.share(rows)));
      try (LoadingReader reader =
          new LoadingReader(
              schema,
              new MapDictionaryProvider(),
              () -> Optional.ofNullable(batches.poll()),
              database.allocator())) {
        streamed = storage.stage("t", reader);
      }

      assertThat(atOnce).hasSize(1);
      assertThat(atOnce)
          .usingRecursiveComparison()
          .ignoringFields("path", "sizeBytes")
          .isEqualTo(streamed);
      assertThat(hash(schema, atOnce)).isEqualTo(BatchHash.of(rows));
      assertThat(hash(schema, streamed)).isEqualTo(BatchHash.of(rows));
    }
  }

  private int hash(Schema schema, List<StagedFile> files) {
    try (StagedReader reader = database.storage().files("t").read(files);
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, database.allocator());
        ArrowRecordBatch batch = reader.next().orElseThrow()) {
      new VectorLoader(root).load(batch);
      assertThat(reader.next()).isEmpty();
      return BatchHash.of(root);
    }
  }
}
