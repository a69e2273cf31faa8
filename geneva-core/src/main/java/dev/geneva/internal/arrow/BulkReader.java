package dev.geneva.internal.arrow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads a stream into one root. */
public final class BulkReader {

  /** What a vector can hold, as its offsets are 32-bit numbers. */
  private static final long MOST_BYTES = Integer.MAX_VALUE;

  /**
   * Below this many bytes in files a column hardly comes near the limit, so they aren't read twice.
   * It can, as equal values take next to nothing in files; then it is noticed on the way.
   */
  private static final long HARDLY_TOO_LARGE = 64L << 20;

  private BulkReader() {}

  /**
   * Reads all rows.
   *
   * @param rows how many there are
   * @param bytesInFiles what they take in files, where columns may be compressed
   * @param open opens the stream, more than once if they are large
   * @return a root that the caller closes
   * @throws IllegalStateException if a column would pass 2 GiB; before anything is allocated,
   *     unless the files are small
   */
  public static VectorSchemaRoot read(
      Schema schema,
      long rows,
      long bytesInFiles,
      Supplier<ArrowReader> open,
      BufferAllocator allocator) {
    VectorSchemaRoot all = VectorSchemaRoot.create(schema, allocator);
    try {
      long[] bytes = new long[schema.getFields().size()];
      if (rows > MOST_BYTES) {
        throw tooLarge("The source", rows, "rows");
      }
      if (bytesInFiles > HARDLY_TOO_LARGE) {
        measure(open, bytes);
      }
      requireFit(schema, bytes);
      for (int i = 0; i < bytes.length; i++) {
        reserve(all.getVector(i), (int) rows, bytes[i]);
      }
      Arrays.fill(bytes, 0);
      try (ArrowReader reader = open.get()) {
        while (reader.loadNextBatch()) {
          add(reader.getVectorSchemaRoot(), bytes);
          requireFit(schema, bytes);
          BatchAppender.append(all, reader.getVectorSchemaRoot());
        }
      }
      return all;
    } catch (IOException e) {
      all.close();
      throw new UncheckedIOException(e);
    } catch (Throwable e) {
      all.close();
      throw e;
    }
  }

  private static void measure(Supplier<ArrowReader> open, long[] bytes) throws IOException {
    try (ArrowReader reader = open.get()) {
      while (reader.loadNextBatch()) {
        add(reader.getVectorSchemaRoot(), bytes);
      }
    }
  }

  private static void add(VectorSchemaRoot batch, long[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] += batch.getVector(i).getBufferSize();
    }
  }

  private static void requireFit(Schema schema, long[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] > MOST_BYTES) {
        throw tooLarge("Column '" + schema.getFields().get(i).getName() + "'", bytes[i], "bytes");
      }
    }
  }

  /** Vectors that grow take twice the memory while they do, so they get what they need at once. */
  private static void reserve(FieldVector vector, int rows, long bytes) {
    if (vector instanceof BaseVariableWidthVector variable && bytes > 0) {
      variable.allocateNew(bytes, rows);
    } else {
      vector.setInitialCapacity(rows);
      vector.allocateNew();
    }
  }

  private static IllegalStateException tooLarge(String what, long size, String unit) {
    return new IllegalStateException(
        what
            + " would need "
            + size
            + " "
            + unit
            + " in one vector, which holds 2 GiB at most. Read with toBatches, or select fewer"
            + " columns or rows.");
  }
}
