package dev.geneva.internal.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.internal.fixture.Cut;
import dev.geneva.internal.fixture.RandomBatch;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

class BatchHashTest {

  /** Those that Lance stores. */
  @Provide
  Arbitrary<List<Field>> fields() {
    return Arbitraries.of(RandomBatch.NO_UNIONS_OR_VIEWS).list().ofMinSize(1).ofMaxSize(4);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void equalValuesHaveEqualHashesWhereverTheyLie(
      @ForAll("fields") List<Field> fields, @ForAll long seed) {
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot whole = random(fields, 50, seed, allocator);
        VectorSchemaRoot slice = whole.slice(13, 20);
        ArrowRecordBatch copy = BatchCopy.copy(slice, allocator);
        VectorSchemaRoot copied = VectorSchemaRoot.create(slice.getSchema(), allocator)) {
      new VectorLoader(copied).load(copy);
      assertThat(BatchHash.of(copied)).isEqualTo(BatchHash.of(slice));
      assertThat(BatchHash.of(whole)).isEqualTo(BatchHash.of(whole));
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void equalValuesHaveEqualHashesWhereverTheirBuffersBegin(
      @ForAll("fields") List<Field> fields, @ForAll long seed) {
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot whole = random(fields, 50, seed, allocator);
        VectorSchemaRoot slice = whole.slice(16);
        VectorSchemaRoot cut = Cut.from(whole, 16, allocator)) {
      assertThat(BatchHash.of(cut)).isEqualTo(BatchHash.of(slice));
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void otherValuesHaveOtherHashes(@ForAll("fields") List<Field> fields) {
    Set<Integer> hashes = new HashSet<>();
    boolean varies =
        fields.stream().anyMatch(field -> !(field.getType() instanceof ArrowType.Null));
    try (RootAllocator allocator = new RootAllocator()) {
      for (long seed = 0; seed < 5; seed++) {
        try (VectorSchemaRoot batch = random(fields, 50, seed, allocator)) {
          hashes.add(BatchHash.of(batch));
        }
      }
    }
    assertThat(hashes).hasSize(varies ? 5 : 1);
  }

  @Example
  void whatStandsInThePlaceOfANullDoesNotCount() {
    try (RootAllocator allocator = new RootAllocator();
        BigIntVector clean = new BigIntVector("x", allocator);
        BigIntVector dirty = new BigIntVector("x", allocator)) {
      for (BigIntVector vector : List.of(clean, dirty)) {
        vector.allocateNew(3);
        vector.set(0, 1);
        vector.set(1, vector == dirty ? 99 : 0);
        vector.setNull(1);
        vector.set(2, 3);
        vector.setValueCount(3);
      }
      dirty.getDataBuffer().setLong(Long.BYTES, 77);
      assertThat(hash(dirty)).isEqualTo(hash(clean));
    }
  }

  @Example
  void aNullIsNoValueAndLengthsCount() {
    try (RootAllocator allocator = new RootAllocator();
        VarCharVector split = text(allocator, "ab", "c");
        VarCharVector otherSplit = text(allocator, "a", "bc");
        VarCharVector empty = text(allocator, "", "x");
        VarCharVector missing = text(allocator, null, "x")) {
      assertThat(hash(split)).isNotEqualTo(hash(otherSplit));
      assertThat(hash(empty)).isNotEqualTo(hash(missing));
    }
  }

  @Example
  void batchesWithoutRowsAreEqual() {
    try (RootAllocator allocator = new RootAllocator();
        VarCharVector none = text(allocator);
        VectorSchemaRoot fresh =
            VectorSchemaRoot.create(new Schema(List.of(none.getField())), allocator)) {
      assertThat(hash(none)).isEqualTo(BatchHash.of(fresh));
    }
  }

  @Example
  void aTypeThatLanceCannotStoreIsRefused() {
    Field view =
        RandomBatch.FIELDS.stream()
            .filter(field -> field.getType() instanceof ArrowType.Utf8View)
            .findFirst()
            .orElseThrow();
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot batch = random(List.of(view), 5, 1, allocator)) {
      assertThatThrownBy(() -> BatchHash.of(batch))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Can't hash ");
    }
  }

  private static VarCharVector text(RootAllocator allocator, String... values) {
    VarCharVector vector = new VarCharVector("x", allocator);
    vector.allocateNew();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        vector.setSafe(i, values[i].getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    vector.setValueCount(values.length);
    return vector;
  }

  private static int hash(FieldVector vector) {
    return BatchHash.of(
        new VectorSchemaRoot(List.of(vector.getField()), List.of(vector), vector.getValueCount()));
  }

  private static VectorSchemaRoot random(
      List<Field> fields, int rows, long seed, RootAllocator allocator) {
    return RandomBatch.of(fields, rows, 0.3, new Random(seed), allocator);
  }
}
