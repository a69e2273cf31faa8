package dev.geneva.internal.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.internal.fixture.IdRows;
import dev.geneva.internal.fixture.RandomBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compare.VectorEqualsVisitor;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BulkReaderTest {

  private static final long SMALL = 1 << 20;
  private static final long LARGE = 1L << 30;

  private final AtomicInteger opened = new AtomicInteger();
  private RootAllocator allocator;

  @BeforeEach
  void openAllocator() {
    allocator = new RootAllocator();
  }

  @AfterEach
  void nothingIsLeft() {
    allocator.close();
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "1, 10", "25, 10", "30, 10", "20000, 1000"})
  void allBatchesAreReadIntoOneRoot(int rows, int batchSize) {
    for (long bytesInFiles : new long[] {SMALL, LARGE}) {
      try (VectorSchemaRoot all =
          BulkReader.read(IdRows.SCHEMA, rows, bytesInFiles, ids(0, rows, batchSize), allocator)) {
        assertThat(all.getRowCount()).isEqualTo(rows);
        BigIntVector ids = (BigIntVector) all.getVector("id");
        VarCharVector names = (VarCharVector) all.getVector("name");
        for (int row = 0; row < rows; row++) {
          assertThat(ids.get(row)).isEqualTo(row);
          assertThat(String.valueOf(names.getObject(row)))
              .isEqualTo(row % 7 == 0 ? "null" : "row " + row);
        }
      }
    }
  }

  @Test
  void smallSourcesAreReadOnceAndLargeOnesAreMeasuredFirst() {
    BulkReader.read(IdRows.SCHEMA, 30, SMALL, ids(0, 30, 10), allocator).close();
    assertThat(opened).hasValue(1);

    BulkReader.read(IdRows.SCHEMA, 30, LARGE, ids(0, 30, 10), allocator).close();
    assertThat(opened).hasValue(3);
  }

  static List<Field> types() {
    return RandomBatch.FIELDS.stream()
        .filter(field -> !(field.getType() instanceof ArrowType.Union))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("types")
  void columnsOfEveryTypeAreRead(Field field) {
    Schema schema = new Schema(List.of(field));
    int[] sizes = {0, 7, 1, 64, 0, 33};
    for (long bytesInFiles : new long[] {SMALL, LARGE}) {
      try (VectorSchemaRoot all =
          BulkReader.read(
              schema,
              IntStream.of(sizes).sum(),
              bytesInFiles,
              () -> new RandomReader(schema, sizes, allocator),
              allocator)) {
        int start = 0;
        for (int i = 0; i < sizes.length; i++) {
          try (VectorSchemaRoot expected = RandomReader.batch(schema, sizes[i], i, allocator);
              VectorSchemaRoot part = all.slice(start, sizes[i])) {
            assertThat(VectorEqualsVisitor.vectorEquals(part.getVector(0), expected.getVector(0)))
                .as("batch %d: %s for %s", i, part.getVector(0), expected.getVector(0))
                .isTrue();
          }
          start += sizes[i];
        }
      }
    }
  }

  @Test
  void aColumnThatPassesTwoGibibytesIsRefusedBeforeAnythingIsAllocated() {
    assertThatThrownBy(
            () ->
                BulkReader.read(
                    HeavyReader.SCHEMA, 30, LARGE, () -> new HeavyReader(3, allocator), allocator))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Column 'heavy' would need 3221225472 bytes in one vector, which holds 2 GiB at most."
                + " Read with toBatches, or select fewer columns or rows.");
    assertThat(allocator.getPeakMemoryAllocation()).isLessThan(1 << 20);
  }

  /** Lance keeps five million equal strings of a hundred bytes in a hundred kilobytes. */
  @Test
  void aColumnThatIsSmallOnlyInFilesIsNoticedOnTheWay() {
    assertThatThrownBy(
            () ->
                BulkReader.read(
                    HeavyReader.SCHEMA, 30, SMALL, () -> new HeavyReader(3, allocator), allocator))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Column 'heavy' would need 2147483648 bytes in one vector");
  }

  @Test
  void moreRowsThanAVectorHasAreRefusedBeforeAnythingIsRead() {
    assertThatThrownBy(
            () -> BulkReader.read(IdRows.SCHEMA, 1L << 31, SMALL, ids(0, 10, 10), allocator))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The source would need 2147483648 rows in one vector");
    assertThat(opened).hasValue(0);
  }

  @Test
  void aSourceThatBreaksLeavesNothingAllocated() {
    assertThatThrownBy(
            () ->
                BulkReader.read(
                    IdRows.SCHEMA,
                    1000,
                    SMALL,
                    () -> IdRows.failingAt(50, 10, allocator),
                    allocator))
        .hasMessage("the source broke at 50");
  }

  @Test
  void aSourceThatCannotBeReadIsAnUncheckedError() {
    assertThatThrownBy(
            () ->
                BulkReader.read(
                    IdRows.SCHEMA,
                    10,
                    SMALL,
                    () ->
                        new CountingReader(IdRows.of(0, 10, allocator), allocator) {
                          @Override
                          public boolean loadNextBatch() throws IOException {
                            throw new IOException("disk on fire");
                          }
                        },
                    allocator))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("disk on fire");
  }

  @Test
  void whereThereIsTooLittleMemoryNothingIsLeftBehind() {
    try (BufferAllocator small = allocator.newChildAllocator("small", 0, 64 << 10)) {
      assertThatThrownBy(
              () -> BulkReader.read(IdRows.SCHEMA, 100_000, SMALL, ids(0, 100_000, 1000), small))
          .isInstanceOf(OutOfMemoryException.class);
      assertThat(small.getAllocatedMemory()).isZero();
    }
  }

  private Supplier<ArrowReader> ids(long begin, long end, int batchSize) {
    return () -> {
      opened.incrementAndGet();
      return IdRows.of(begin, end, batchSize, allocator);
    };
  }

  /** Batches of random values, each a root of its own seed. */
  private static final class RandomReader extends ArrowReader {
    private final Schema schema;
    private final int[] sizes;
    private int next;

    RandomReader(Schema schema, int[] sizes, BufferAllocator allocator) {
      super(allocator);
      this.schema = schema;
      this.sizes = sizes;
    }

    static VectorSchemaRoot batch(Schema schema, int rows, int seed, BufferAllocator allocator) {
      return RandomBatch.of(schema.getFields(), rows, 0.3, new Random(seed), allocator);
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      if (next == sizes.length) {
        return false;
      }
      try (VectorSchemaRoot batch = batch(schema, sizes[next], next, allocator);
          var shared = BatchCopy.share(batch)) {
        new org.apache.arrow.vector.VectorLoader(getVectorSchemaRoot()).load(shared);
      }
      next++;
      return true;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
      return schema;
    }
  }

  /** Batches whose second column says that it takes a gibibyte each. */
  private static final class HeavyReader extends ArrowReader {
    static final Schema SCHEMA =
        new Schema(
            List.of(
                Field.nullable("light", new ArrowType.Int(32, true)),
                new Field(
                    "heavy",
                    FieldType.nullable(ArrowType.List.INSTANCE),
                    List.of(Field.nullable("item", ArrowType.Utf8.INSTANCE)))));
    private final VectorSchemaRoot root;
    private int left;

    HeavyReader(int batches, BufferAllocator allocator) {
      super(allocator);
      this.left = batches;
      FieldVector light = SCHEMA.findField("light").createVector(allocator);
      ListVector heavy =
          new ListVector(SCHEMA.findField("heavy"), allocator, null) {
            @Override
            public int getBufferSize() {
              return 1 << 30;
            }
          };
      heavy.addOrGetVector(FieldType.nullable(ArrowType.Utf8.INSTANCE));
      this.root = new VectorSchemaRoot(List.of(light, heavy));
      root.allocateNew();
      root.setRowCount(10);
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() {
      return root;
    }

    @Override
    public boolean loadNextBatch() {
      return left-- > 0;
    }

    @Override
    public void close(boolean closeReadSource) {
      root.close();
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
      return SCHEMA;
    }
  }
}
