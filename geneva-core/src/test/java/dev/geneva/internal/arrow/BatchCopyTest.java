package dev.geneva.internal.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.internal.fixture.RandomBatch;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compare.VectorEqualsVisitor;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;

class BatchCopyTest {

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aCopyIsEqualAndOutlivesItsSource(
      @ForAll("fields") List<Field> fields,
      @ForAll("rows") int rows,
      @ForAll @DoubleRange(max = 1) double nulls,
      @ForAll long seed) {
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot copied = VectorSchemaRoot.create(schema(fields), allocator);
        VectorSchemaRoot expected = random(fields, rows, nulls, seed, allocator)) {
      try (VectorSchemaRoot source = random(fields, rows, nulls, seed, allocator);
          ArrowRecordBatch copy = BatchCopy.copy(source, allocator)) {
        assertThat(copy.getLength()).isEqualTo(rows);
        source.getFieldVectors().forEach(vector -> vector.reset());
        new VectorLoader(copied).load(copy);
      }
      assertEqual(copied, expected);
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void aPartOfABatchIsCopiedAsThatPart(@ForAll("fields") List<Field> fields, @ForAll long seed) {
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot source = random(fields, 50, 0.3, seed, allocator);
        VectorSchemaRoot slice = source.slice(13, 20);
        ArrowRecordBatch copy = BatchCopy.copy(slice, allocator);
        VectorSchemaRoot copied = VectorSchemaRoot.create(schema(fields), allocator)) {
      new VectorLoader(copied).load(copy);
      assertEqual(copied, slice);
    }
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void sharedBatchesAreEqualAndTakeNoMemory(
      @ForAll("fields") List<Field> fields, @ForAll("rows") int rows, @ForAll long seed) {
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot source = random(fields, rows, 0.3, seed, allocator)) {
      long before = allocator.getAllocatedMemory();
      try (VectorSchemaRoot shared = VectorSchemaRoot.create(schema(fields), allocator);
          ArrowRecordBatch batch = BatchCopy.share(source)) {
        new VectorLoader(shared).load(batch);
        assertEqual(shared, source);
        assertThat(allocator.getAllocatedMemory()).isLessThanOrEqualTo(before + 4096);
      }
    }
  }

  @Example
  void aCopyIsOneAllocationThatGoesWithTheBatch() {
    AtomicInteger allocations = new AtomicInteger();
    AllocationListener counter =
        new AllocationListener() {
          @Override
          public void onAllocation(long size) {
            allocations.incrementAndGet();
          }
        };
    try (RootAllocator sources = new RootAllocator();
        VectorSchemaRoot source = random(RandomBatch.FIELDS, 1000, 0.1, 42, sources);
        RootAllocator copies = new RootAllocator(counter, Long.MAX_VALUE)) {
      ArrowRecordBatch copy = BatchCopy.copy(source, copies);

      assertThat(allocations).hasValue(1);
      assertThat(copies.getAllocatedMemory()).isPositive();
      copy.close();
      assertThat(copies.getAllocatedMemory()).isZero();
    }
  }

  @Example
  void aBatchWithoutRowsOrColumnsIsCopied() {
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot rows = random(RandomBatch.FIELDS, 0, 0, 1, allocator);
        ArrowRecordBatch noRows = BatchCopy.copy(rows, allocator);
        VectorSchemaRoot columns = random(List.of(), 7, 0, 1, allocator);
        ArrowRecordBatch noColumns = BatchCopy.copy(columns, allocator)) {
      assertThat(noRows.getLength()).isZero();
      assertThat(noColumns.getLength()).isEqualTo(7);
    }
  }

  @Example
  void whereThereIsTooLittleMemoryNothingIsLeftBehind() {
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot source = random(RandomBatch.FIELDS, 1000, 0.1, 42, allocator);
        BufferAllocator small = allocator.newChildAllocator("small", 0, 1024)) {
      long before = allocator.getAllocatedMemory();

      assertThatThrownBy(() -> BatchCopy.copy(source, small))
          .isInstanceOf(OutOfMemoryException.class);

      assertThat(allocator.getAllocatedMemory()).isEqualTo(before);
    }
  }

  private static void assertEqual(VectorSchemaRoot actual, VectorSchemaRoot expected) {
    assertThat(actual.getRowCount()).isEqualTo(expected.getRowCount());
    for (int i = 0; i < expected.getFieldVectors().size(); i++) {
      assertThat(VectorEqualsVisitor.vectorEquals(actual.getVector(i), expected.getVector(i)))
          .as(
              "%s: %s for %s",
              expected.getVector(i).getField(), actual.getVector(i), expected.getVector(i))
          .isTrue();
    }
  }

  private static VectorSchemaRoot random(
      List<Field> fields, int rows, double nulls, long seed, BufferAllocator allocator) {
    return RandomBatch.of(fields, rows, nulls, new Random(seed), allocator);
  }

  private static org.apache.arrow.vector.types.pojo.Schema schema(List<Field> fields) {
    return new org.apache.arrow.vector.types.pojo.Schema(fields);
  }

  @Provide
  Arbitrary<List<Field>> fields() {
    return Arbitraries.of(RandomBatch.FIELDS).list().ofMinSize(1).ofMaxSize(4).uniqueElements();
  }

  @Provide
  Arbitrary<Integer> rows() {
    return Arbitraries.of(0, 1, 7, 8, 9, 63, 64, 65, 200);
  }
}
