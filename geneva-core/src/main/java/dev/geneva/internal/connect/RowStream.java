package dev.geneva.internal.connect;

import dev.geneva.GenevaException;
import dev.geneva.StorageException;
import dev.geneva.internal.arrow.BatchCopy;
import dev.geneva.internal.arrow.LoadingReader;
import dev.geneva.internal.arrow.Schemas;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows that a user hands in, on their way to Lance: every batch is checked. */
final class RowStream {

  private RowStream() {}

  /**
   * Hands rows to an operation, and closes them.
   *
   * @param what names the table in messages
   * @param schema that of the table; empty: that of the rows
   * @param operation reads the stream to its end; what the rows' source throws comes out as it is
   */
  static <T> T write(
      String what,
      Optional<Schema> schema,
      ArrowReader rows,
      BufferAllocator allocator,
      Function<ArrowReader, T> operation) {
    try (rows) {
      VectorSchemaRoot batch = rows.getVectorSchemaRoot();
      Schema expected = schema.orElse(batch.getSchema());
      Schemas.checkColumns(what, expected, batch.getSchema());
      long[] batches = new long[1];
      LoadingReader.Batches checked =
          () -> {
            if (!rows.loadNextBatch()) {
              return Optional.empty();
            }
            VectorSchemaRoot next = rows.getVectorSchemaRoot();
            Schemas.check(what + ", batch " + ++batches[0], expected, next);
            return Optional.of(BatchCopy.copy(next, allocator));
          };
      try (LoadingReader reader = new LoadingReader(expected, rows, checked, allocator)) {
        try {
          return operation.apply(reader);
        } catch (GenevaException e) {
          throw ofSource(what, reader.failure(), e);
        }
      }
    } catch (IOException e) {
      throw new StorageException(what + ": the rows can't be read: " + e.getMessage(), e);
    }
  }

  private static RuntimeException ofSource(
      String what, Optional<Throwable> failure, GenevaException otherwise) {
    Throwable cause = failure.orElse(otherwise);
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new StorageException(what + ": the rows can't be read: " + cause.getMessage(), cause);
  }

  /** Closes rows that are not going to be read. */
  static void closeBecauseOf(RuntimeException error, ArrowReader rows) {
    try {
      rows.close();
    } catch (IOException | RuntimeException e) {
      error.addSuppressed(e);
    }
  }

  /** One root as a stream; the root remains the caller's. */
  static ArrowReader of(VectorSchemaRoot root, BufferAllocator allocator) {
    boolean[] read = new boolean[1];
    return new LoadingReader(
        root.getSchema(),
        new MapDictionaryProvider(),
        () -> {
          if (read[0]) {
            return Optional.empty();
          }
          read[0] = true;
          return Optional.of(BatchCopy.copy(root, allocator));
        },
        allocator);
  }
}
