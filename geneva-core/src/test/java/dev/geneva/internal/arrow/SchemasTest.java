package dev.geneva.internal.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.SchemaMismatchException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class SchemasTest {

  private static final ArrowType INT64 = new ArrowType.Int(64, true);
  private static final ArrowType FLOAT32 =
      new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
  private static final Schema EXPECTED =
      schema(required("row_id", INT64), nullable("score", FLOAT32));

  @Test
  void equalColumnsPass() {
    Schemas.checkColumns("Batch 1", EXPECTED, EXPECTED);
  }

  @Test
  void nullabilityAndMetadataOfColumnsDoNotMatter() {
    Schema actual =
        new Schema(
            List.of(
                nullable("row_id", INT64),
                new Field(
                    "score", new FieldType(false, FLOAT32, null, Map.of("unit", "m")), List.of())),
            Map.of("made by", "somebody"));

    Schemas.checkColumns("Batch 1", EXPECTED, actual);
  }

  @Test
  void aWrongNameIsNamedWithASuggestion() {
    assertMismatch(
        schema(nullable("rowid", INT64), nullable("score", FLOAT32)),
        "Batch 1 of dedupe: column 1 must be 'row_id', not 'rowid'; did you mean 'row_id'?");
    assertMismatch(
        schema(nullable("row_id", INT64), nullable("price", FLOAT32)),
        "Batch 1 of dedupe: column 2 must be 'score', not 'price'; there is: row_id, score.");
  }

  @Test
  void anotherOrderIsSaidToBeOne() {
    assertMismatch(
        schema(nullable("score", FLOAT32), nullable("row_id", INT64)),
        "Batch 1 of dedupe: column 1 must be 'row_id', not 'score'; the columns are in another"
            + " order.");
  }

  @Test
  void aWrongTypeIsNamedWithBoth() {
    assertMismatch(
        schema(nullable("row_id", new ArrowType.Int(32, true)), nullable("score", FLOAT32)),
        "Batch 1 of dedupe: column 'row_id' must be Int(64, true), not Int(32, true).");
    assertMismatch(
        schema(nullable("row_id", new ArrowType.Int(64, false)), nullable("score", FLOAT32)),
        "Batch 1 of dedupe: column 'row_id' must be Int(64, true), not Int(64, false).");
  }

  @Test
  void aWrongNumberOfColumnsIsNamedWithBoth() {
    assertMismatch(
        schema(nullable("row_id", INT64)),
        "Batch 1 of dedupe: must have 2 columns [row_id, score], not 1 [row_id].");
    assertMismatch(
        schema(nullable("row_id", INT64), nullable("score", FLOAT32), nullable("x", INT64)),
        "Batch 1 of dedupe: must have 2 columns [row_id, score], not 3 [row_id, score, x].");
    assertMismatch(schema(), "Batch 1 of dedupe: must have 2 columns [row_id, score], not 0 [].");
  }

  @Test
  void elementsOfListsAndFieldsOfStructsAreCompared() {
    Schema lists = schema(nullable("v", new ArrowType.FixedSizeList(8), required("item", INT64)));

    Schemas.checkColumns(
        "x",
        lists,
        schema(nullable("v", new ArrowType.FixedSizeList(8), nullable("$data$", INT64))));
    assertThatThrownBy(
            () ->
                Schemas.checkColumns(
                    "x",
                    lists,
                    schema(
                        nullable("v", new ArrowType.FixedSizeList(8), nullable("item", FLOAT32)))))
        .hasMessage(
            "x: column 'v' must be FixedSizeList(8)<Int(64, true)>, not"
                + " FixedSizeList(8)<FloatingPoint(SINGLE)>.");
    assertThatThrownBy(
            () ->
                Schemas.checkColumns(
                    "x",
                    lists,
                    schema(nullable("v", new ArrowType.FixedSizeList(4), nullable("item", INT64)))))
        .hasMessage(
            "x: column 'v' must be FixedSizeList(8)<Int(64, true)>, not"
                + " FixedSizeList(4)<Int(64, true)>.");

    Schema structs = schema(nullable("s", ArrowType.Struct.INSTANCE, nullable("a", INT64)));
    assertThatThrownBy(
            () ->
                Schemas.checkColumns(
                    "x",
                    structs,
                    schema(nullable("s", ArrowType.Struct.INSTANCE, nullable("b", INT64)))))
        .isInstanceOf(SchemaMismatchException.class);
    assertThatThrownBy(
            () ->
                Schemas.checkColumns(
                    "x", structs, schema(nullable("s", ArrowType.Struct.INSTANCE))))
        .isInstanceOf(SchemaMismatchException.class);
  }

  @Test
  void parametersOfTypesAreCompared() {
    assertThatThrownBy(
            () ->
                Schemas.checkColumns(
                    "x",
                    schema(nullable("t", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"))),
                    schema(nullable("t", new ArrowType.Timestamp(TimeUnit.MILLISECOND, "UTC")))))
        .hasMessageContaining("MICROSECOND")
        .hasMessageContaining("MILLISECOND");
  }

  @Test
  void aDictionaryIsNotItsValues() {
    Field encoded =
        new Field(
            "row_id",
            new FieldType(true, INT64, new DictionaryEncoding(1, false, null)),
            List.of());

    assertMismatch(
        schema(encoded, nullable("score", FLOAT32)),
        "Batch 1 of dedupe: column 'row_id' must be Int(64, true), not dictionary of Int(64, true).");
  }

  @Test
  void aNullInANonNullColumnIsNamedWithItsRow() {
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot batch = batch(allocator, 7L, null, 9L)) {
      assertThatThrownBy(() -> Schemas.check("Batch 3 of dedupe", ids(), batch))
          .isInstanceOf(SchemaMismatchException.class)
          .hasMessage("Batch 3 of dedupe: column 'row_id' must not be null, but row 1 is.");
      // In a nullable column it is welcome.
      Schemas.check("x", schema(nullable("row_id", INT64)), batch);
    }
  }

  @Test
  void aNullableVectorWithoutNullsWillDo() {
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot batch = batch(allocator, 7L, 8L)) {
      assertThat(batch.getSchema().getFields().get(0).isNullable()).isTrue();
      assertThatCode(() -> Schemas.check("x", ids(), batch)).doesNotThrowAnyException();
    }
  }

  @Test
  void nullsBehindTheLastRowDoNotMatter() {
    try (RootAllocator allocator = new RootAllocator();
        BigIntVector vector = new BigIntVector("row_id", allocator)) {
      vector.allocateNew(3);
      vector.set(0, 1);
      vector.set(1, 2);
      vector.setValueCount(3);
      VectorSchemaRoot batch = new VectorSchemaRoot(List.of(vector.getField()), List.of(vector), 2);

      assertThatCode(() -> Schemas.check("x", ids(), batch)).doesNotThrowAnyException();
    }
  }

  @Test
  void aVectorThatIsShorterThanItsBatchIsRefused() {
    try (RootAllocator allocator = new RootAllocator();
        BigIntVector vector = new BigIntVector("row_id", allocator)) {
      vector.allocateNew(2);
      vector.setValueCount(2);
      VectorSchemaRoot batch = new VectorSchemaRoot(List.of(vector.getField()), List.of(vector), 3);

      assertThatThrownBy(() -> Schemas.check("Batch 1", ids(), batch))
          .hasMessage("Batch 1: column 'row_id' has 2 values, but the batch has 3 rows.");
    }
  }

  @Test
  void whatIsReadableIsLookedUpByName() {
    Schema source =
        schema(nullable("score", FLOAT32), nullable("row_id", INT64), nullable("x", INT64));

    Schemas.checkReadable("'t' as Hit", EXPECTED, source);
    assertThatThrownBy(
            () -> Schemas.checkReadable("'t' as Hit", EXPECTED, schema(nullable("score", FLOAT32))))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessage("'t' as Hit: no column 'row_id'; there is: score.");
    assertThatThrownBy(
            () ->
                Schemas.checkReadable(
                    "'t' as Hit",
                    EXPECTED,
                    schema(nullable("row_id", FLOAT32), nullable("score", FLOAT32))))
        .hasMessage(
            "'t' as Hit: column 'row_id' must be Int(64, true), not FloatingPoint(SINGLE).");
  }

  @Test
  void sameColumnsAreEqualUpToMetadata() {
    Schema withMetadata =
        new Schema(
            List.of(
                new Field("row_id", new FieldType(false, INT64, null, Map.of("k", "v")), List.of()),
                nullable("score", FLOAT32)),
            Map.of("k", "v"));

    assertThat(Schemas.sameColumns(EXPECTED, withMetadata)).isTrue();
    assertThat(
            Schemas.sameColumns(
                EXPECTED, schema(nullable("row_id", INT64), nullable("score", FLOAT32))))
        .isFalse();
    assertThat(Schemas.withoutMetadata(withMetadata).getCustomMetadata()).isNullOrEmpty();
    assertThat(Schemas.names(withMetadata)).containsExactly("row_id", "score");
  }

  private static void assertMismatch(Schema actual, String message) {
    assertThatThrownBy(() -> Schemas.checkColumns("Batch 1 of dedupe", EXPECTED, actual))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessage(message);
  }

  private static Schema ids() {
    return schema(required("row_id", INT64));
  }

  private static VectorSchemaRoot batch(RootAllocator allocator, Long... ids) {
    VectorSchemaRoot root = VectorSchemaRoot.create(schema(nullable("row_id", INT64)), allocator);
    BigIntVector vector = (BigIntVector) root.getVector(0);
    vector.allocateNew(ids.length);
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != null) {
        vector.set(i, ids[i]);
      }
    }
    root.setRowCount(ids.length);
    return root;
  }

  private static Schema schema(Field... fields) {
    return new Schema(Arrays.asList(fields));
  }

  private static Field nullable(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.nullable(type), List.of(children));
  }

  private static Field required(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.notNullable(type), List.of(children));
  }
}
