package dev.geneva.internal.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.internal.fixture.IdRows;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadingReaderTest {

  private RootAllocator allocator;

  @BeforeEach
  void openAllocator() {
    allocator = new RootAllocator();
  }

  @AfterEach
  void nothingIsLeft() {
    allocator.close();
  }

  @Test
  void batchesAreReadOneAfterTheOtherAndReleased() throws IOException {
    Queue<ArrowRecordBatch> batches = new ArrayDeque<>();
    batches.add(batch(0, 3));
    batches.add(batch(0, 0));
    batches.add(batch(3, 2));
    try (LoadingReader reader = reader(() -> Optional.ofNullable(batches.poll()))) {
      long sum = 0;
      int count = 0;
      while (reader.loadNextBatch()) {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        for (int row = 0; row < root.getRowCount(); row++) {
          sum += ((BigIntVector) root.getVector("id")).get(row);
        }
        count++;
      }
      assertThat(count).isEqualTo(3);
      assertThat(sum).isEqualTo(10);
      assertThat(reader.getVectorSchemaRoot().getSchema()).isEqualTo(IdRows.SCHEMA);
      assertThat(reader.failure()).isEmpty();
    }
  }

  @Test
  void closingReleasesTheBatchInHandAndMayBeRepeated() throws IOException {
    int[] closed = {0};
    LoadingReader reader =
        reader(
            new LoadingReader.Batches() {
              @Override
              public Optional<ArrowRecordBatch> next() {
                return Optional.of(batch(0, 3));
              }

              @Override
              public void close() {
                closed[0]++;
              }
            });
    assertThat(reader.loadNextBatch()).isTrue();
    reader.close();
    reader.close();

    assertThat(closed[0]).isPositive();
    assertThat(allocator.getAllocatedMemory()).isZero();
  }

  @Test
  void whatTheSourceThrowsIsKept() throws IOException {
    InterruptedException interrupted = new InterruptedException("stop");
    try (LoadingReader reader =
        reader(
            () -> {
              throw interrupted;
            })) {
      assertThatThrownBy(reader::loadNextBatch)
          .isInstanceOf(IllegalStateException.class)
          .hasCause(interrupted);
      assertThat(reader.failure()).containsSame(interrupted);
    }
    IllegalArgumentException unchecked = new IllegalArgumentException("no");
    try (LoadingReader reader =
        reader(
            () -> {
              throw unchecked;
            })) {
      assertThatThrownBy(reader::loadNextBatch).isSameAs(unchecked);
      assertThat(reader.failure()).containsSame(unchecked);
    }
  }

  private LoadingReader reader(LoadingReader.Batches batches) {
    return new LoadingReader(IdRows.SCHEMA, new MapDictionaryProvider(), batches, allocator);
  }

  private ArrowRecordBatch batch(long begin, int rows) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(IdRows.SCHEMA, allocator)) {
      IdRows.fill(root, begin, rows);
      return BatchCopy.copy(root, allocator);
    }
  }
}
