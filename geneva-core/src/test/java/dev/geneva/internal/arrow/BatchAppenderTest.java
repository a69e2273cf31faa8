package dev.geneva.internal.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.internal.fixture.Cut;
import dev.geneva.internal.fixture.RandomBatch;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compare.VectorEqualsVisitor;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

class BatchAppenderTest {

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void batchesFollowOneAnother(
      @ForAll("fields") Field field,
      @ForAll @Size(min = 1, max = 6) List<@net.jqwik.api.From("rows") Integer> sizes,
      @ForAll long seed) {
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot all = empty(field, allocator)) {
      for (int i = 0; i < sizes.size(); i++) {
        append(all, batch(field, sizes.get(i), seed + i, allocator));
      }
      int start = 0;
      for (int i = 0; i < sizes.size(); i++) {
        assertPart(all, start, batch(field, sizes.get(i), seed + i, allocator));
        start += sizes.get(i);
      }
      assertThat(all.getRowCount()).isEqualTo(start);
    }
  }

  /** As batches of a scan that leaves its first rows out. */
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void batchesMayBeginWithinTheirBuffers(
      @ForAll("fieldsToCut") Field field,
      @ForAll("rows") int before,
      @ForAll("rows") int rows,
      @ForAll long seed) {
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot all = empty(field, allocator)) {
      append(all, batch(field, before, seed, allocator));
      try (VectorSchemaRoot whole = batch(field, 16 + rows, seed + 1, allocator)) {
        append(all, Cut.from(whole, 16, allocator));
        assertPart(all, before, whole.slice(16));
      }
      assertPart(all, 0, batch(field, before, seed, allocator));
      assertThat(all.getRowCount()).isEqualTo(before + rows);
    }
  }

  /** As a partition does whose attempt failed. */
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void rowsThatAreTakenBackLeaveNoTrace(
      @ForAll("fields") Field field,
      @ForAll("rows") int kept,
      @ForAll("rows") int dropped,
      @ForAll("rows") int added,
      @ForAll long seed) {
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot all = empty(field, allocator)) {
      append(all, batch(field, kept, seed, allocator));
      append(all, batch(field, dropped, seed + 1, allocator));
      all.setRowCount(kept);
      append(all, batch(field, added, seed + 2, allocator));

      assertThat(all.getRowCount()).isEqualTo(kept + added);
      assertPart(all, 0, batch(field, kept, seed, allocator));
      assertPart(all, kept, batch(field, added, seed + 2, allocator));
      assertThat(all.getVector(0).getNullCount())
          .isEqualTo(
              nulls(batch(field, kept, seed, allocator))
                  + nulls(batch(field, added, seed + 2, allocator)));
    }
  }

  private static int nulls(VectorSchemaRoot batch) {
    try (batch) {
      return batch.getVector(0).getNullCount();
    }
  }

  private static void append(VectorSchemaRoot all, VectorSchemaRoot batch) {
    try (batch) {
      BatchAppender.append(all, batch);
    }
  }

  private static void assertPart(VectorSchemaRoot all, int start, VectorSchemaRoot expected) {
    try (expected;
        VectorSchemaRoot part = all.slice(start, expected.getRowCount())) {
      assertThat(VectorEqualsVisitor.vectorEquals(part.getVector(0), expected.getVector(0)))
          .as("%s for %s", part.getVector(0), expected.getVector(0))
          .isTrue();
    }
  }

  private static VectorSchemaRoot empty(Field field, RootAllocator allocator) {
    VectorSchemaRoot empty = VectorSchemaRoot.create(new Schema(List.of(field)), allocator);
    empty.allocateNew();
    return empty;
  }

  private static VectorSchemaRoot batch(Field field, int rows, long seed, RootAllocator allocator) {
    return RandomBatch.of(List.of(field), rows, 0.3, new Random(seed), allocator);
  }

  @Provide
  Arbitrary<Field> fields() {
    return Arbitraries.of(
        RandomBatch.FIELDS.stream()
            .filter(field -> !(field.getType() instanceof ArrowType.Union))
            .toList());
  }

  @Provide
  Arbitrary<Field> fieldsToCut() {
    return Arbitraries.of(RandomBatch.NO_UNIONS_OR_VIEWS);
  }

  @Provide
  Arbitrary<Integer> rows() {
    return Arbitraries.of(0, 1, 2, 7, 8, 9, 31, 64, 100);
  }
}
