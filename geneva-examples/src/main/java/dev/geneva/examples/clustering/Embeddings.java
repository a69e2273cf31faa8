package dev.geneva.examples.clustering;

import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * All embeddings of a source.
 *
 * @param rowIds the rows
 * @param dimensions the length of each embedding
 * @param values the embeddings, one after the other
 */
record Embeddings(long[] rowIds, int dimensions, float[] values) {

  /**
   * Reads the columns {@code row_id} and {@code embedding}. As vectors rather than as records, so
   * that the length of the embeddings may be any, and there isn't an array for each row.
   *
   * @throws IllegalArgumentException if a row has no embedding, or one that isn't finite
   */
  static Embeddings read(UdtfSource source) throws IOException {
    int rows = Math.toIntExact(source.countRows());
    int dimensions = dimensions(source);
    long[] rowIds = new long[rows];
    float[] values = new float[Math.multiplyExact(rows, dimensions)];
    // tag::vectors[]
    try (ArrowReader reader = source.toBatches(8192)) {
      int read = 0;
      while (reader.loadNextBatch()) {
        VectorSchemaRoot batch = reader.getVectorSchemaRoot();
        BigIntVector ids = (BigIntVector) batch.getVector("row_id");
        FixedSizeListVector lists = (FixedSizeListVector) batch.getVector("embedding");
        Float4Vector floats = (Float4Vector) lists.getDataVector();
        for (int row = 0; row < batch.getRowCount(); row++, read++) {
          rowIds[read] = ids.get(row);
          requirePresent(!lists.isNull(row), rowIds[read]);
          for (int i = 0; i < dimensions; i++) {
            float value = floats.get(row * dimensions + i);
            requirePresent(Float.isFinite(value), rowIds[read]);
            values[read * dimensions + i] = value;
          }
        }
      }
    }
    // end::vectors[]
    return new Embeddings(rowIds, dimensions, values);
  }

  private static int dimensions(UdtfSource source) {
    ArrowType type = source.schema().findField("embedding").getType();
    if (type instanceof ArrowType.FixedSizeList list) {
      return list.getListSize();
    }
    throw new IllegalArgumentException(
        "column 'embedding' must be a fixed-size list of float32, but is " + type);
  }

  private static void requirePresent(boolean present, long rowId) {
    if (!present) {
      throw new IllegalArgumentException(
          "row "
              + rowId
              + " has no embedding, or one that isn't finite: leave such rows out with the query's"
              + " where()");
    }
  }
}
