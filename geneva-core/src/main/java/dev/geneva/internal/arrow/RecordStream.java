package dev.geneva.internal.arrow;

import dev.geneva.udtf.ArrowRecordConverter;
import dev.geneva.udtf.ArrowRecordConverter.RowReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.arrow.vector.ipc.ArrowReader;

/** A stream of batches as records. */
public final class RecordStream {

  private RecordStream() {}

  /**
   * Reads records. The reader is closed when the stream is exhausted, fails or is closed.
   *
   * @param reader has the record's columns; see {@link Schemas#checkReadable}
   */
  public static <R extends Record> Stream<R> of(
      ArrowReader reader, ArrowRecordConverter<R> converter) {
    return StreamSupport.stream(new Rows<>(reader, converter), false).onClose(() -> close(reader));
  }

  private static void close(ArrowReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Rows<R extends Record> extends Spliterators.AbstractSpliterator<R> {
    private final ArrowReader reader;
    private final ArrowRecordConverter<R> converter;
    private RowReader<R> rows;
    private int row;
    private int count;
    private boolean ended;

    Rows(ArrowReader reader, ArrowRecordConverter<R> converter) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.reader = reader;
      this.converter = converter;
      this.rows =
          ignored -> {
            throw new IllegalStateException("no batch yet");
          };
    }

    @Override
    public boolean tryAdvance(Consumer<? super R> action) {
      R next;
      try {
        while (row == count) {
          if (ended || !nextBatch()) {
            return false;
          }
        }
        next = rows.read(row++);
      } catch (RuntimeException e) {
        // A terminal operation that fails leaves nobody with a stream to close.
        closeBecauseOf(e);
        throw e;
      }
      action.accept(next);
      return true;
    }

    private void closeBecauseOf(RuntimeException error) {
      ended = true;
      count = row;
      try {
        close(reader);
      } catch (RuntimeException e) {
        error.addSuppressed(e);
      }
    }

    private boolean nextBatch() {
      try {
        if (!reader.loadNextBatch()) {
          ended = true;
          reader.close();
          return false;
        }
        // The vectors of a foreign stream may be other objects with each batch.
        rows = converter.reader(reader.getVectorSchemaRoot());
        row = 0;
        count = reader.getVectorSchemaRoot().getRowCount();
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
