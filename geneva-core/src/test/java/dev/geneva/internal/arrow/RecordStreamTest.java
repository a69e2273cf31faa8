package dev.geneva.internal.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geneva.internal.fixture.IdRows;
import dev.geneva.udtf.ArrowRecordConverter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordStreamTest {

  private RootAllocator allocator;

  record Id(long id) {}

  @BeforeEach
  void openAllocator() {
    allocator = new RootAllocator();
  }

  @AfterEach
  void nothingIsLeft() {
    allocator.close();
  }

  @Test
  void allRowsOfAllBatchesComeInOrder() {
    for (int rows : new int[] {0, 1, 10, 25}) {
      try (Stream<Id> ids = stream(ids(rows, 10))) {
        assertThat(ids.map(Id::id)).isEqualTo(LongStream.range(0, rows).boxed().toList());
      }
    }
  }

  @Test
  void batchesWithoutRowsAreSteppedOver() {
    int[] calls = {0};
    CountingReader reader =
        new CountingReader(IdRows.of(0, 20, 10, allocator), allocator) {
          @Override
          public boolean loadNextBatch() throws IOException {
            if (calls[0]++ % 2 == 0 && calls[0] < 5) {
              getVectorSchemaRoot().setRowCount(0);
              return true;
            }
            return super.loadNextBatch();
          }
        };

    assertThat(stream(reader).count()).isEqualTo(20);
  }

  @Test
  void exhaustionClosesTheReader() {
    CountingReader reader = ids(25, 10);
    Stream<Id> ids = stream(reader);
    assertThat(reader.closed()).isZero();

    assertThat(ids.toList()).hasSize(25);

    assertThat(reader.closed()).isEqualTo(1);
    assertThat(allocator.getAllocatedMemory()).isZero();
  }

  @Test
  void closingClosesTheReaderAlsoInTheMiddle() {
    CountingReader reader = ids(25, 10);
    try (Stream<Id> ids = stream(reader)) {
      assertThat(ids.limit(3).toList()).hasSize(3);
    }

    assertThat(reader.closed()).isEqualTo(1);
  }

  @Test
  void itIsLazy() {
    CountingReader reader =
        new CountingReader(IdRows.of(0, 20, 10, allocator), allocator) {
          @Override
          public boolean loadNextBatch() {
            throw new AssertionError("nobody asked for a row");
          }
        };
    Stream<Id> ids = stream(reader).filter(id -> id.id() > 3);
    ids.close();

    assertThat(reader.closed()).isEqualTo(1);
  }

  @Test
  void aReaderThatFailsIsClosedAndItsErrorThrown() {
    CountingReader reader = new CountingReader(IdRows.failingAt(20, 10, allocator), allocator);

    assertThatThrownBy(() -> stream(reader).toList()).hasMessage("the source broke at 20");

    assertThat(reader.closed()).isEqualTo(1);
  }

  @Test
  void errorsOfInputAreUnchecked() {
    CountingReader reader =
        new CountingReader(IdRows.of(0, 20, 10, allocator), allocator) {
          @Override
          public boolean loadNextBatch() throws IOException {
            throw new IOException("disk on fire");
          }
        };

    assertThatThrownBy(() -> stream(reader).toList())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("disk on fire");
    assertThat(reader.closed()).isEqualTo(1);
  }

  @Test
  void aRecordThatCannotBeReadClosesTheReader() {
    CountingReader reader = ids(20, 10);
    ArrowRecordConverter<Id> broken =
        new IdConverter() {
          @Override
          public RowReader<Id> reader(VectorSchemaRoot root) {
            return row -> {
              throw new IllegalStateException("null in row " + row);
            };
          }
        };

    assertThatThrownBy(() -> RecordStream.of(reader, broken).toList()).hasMessage("null in row 0");

    assertThat(reader.closed()).isEqualTo(1);
  }

  @Test
  void whatTheStreamsUserThrowsPassesAndTheReaderIsTheirsToClose() {
    CountingReader reader = ids(20, 10);
    try (Stream<Id> ids = stream(reader)) {
      assertThatThrownBy(
              () ->
                  ids.forEach(
                      id -> {
                        throw new IllegalArgumentException("no " + id.id());
                      }))
          .hasMessage("no 0");
    }
    assertThat(reader.closed()).isEqualTo(1);
  }

  private CountingReader ids(int rows, int batchSize) {
    return new CountingReader(IdRows.of(0, rows, batchSize, allocator), allocator);
  }

  private static Stream<Id> stream(CountingReader reader) {
    return RecordStream.of(reader, new IdConverter());
  }

  private static class IdConverter implements ArrowRecordConverter<Id> {
    @Override
    public Class<Id> recordClass() {
      return Id.class;
    }

    @Override
    public Schema schema() {
      return new Schema(List.of(IdRows.SCHEMA.getFields().get(0)));
    }

    @Override
    public void write(List<? extends Id> records, VectorSchemaRoot root) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RowReader<Id> reader(VectorSchemaRoot root) {
      BigIntVector ids = (BigIntVector) root.getVector("id");
      return row -> new Id(ids.get(row));
    }
  }
}
