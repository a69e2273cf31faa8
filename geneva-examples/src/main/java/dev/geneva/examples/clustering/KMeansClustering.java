package dev.geneva.examples.clustering;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Assigns each row to one of {@code k} clusters of embeddings that are near each other. All
 * embeddings are in memory, as floats; the assignments are yielded in chunks of 10,000 rows.
 *
 * <pre>mvn -q -B -ntp -Pdemo -pl geneva-examples -am package -Dexample=KMeansClustering</pre>
 *
 * @param k the number of clusters, at least 1; there are fewer if fewer embeddings differ
 */
@Udtf(
    outputSchema = "ASSIGNMENTS",
    inputColumns = {"row_id", "embedding"},
    numCpus = 4,
    memory = "16 GiB")
public record KMeansClustering(int k) implements BatchUdtf {

  /**
   * One row's place. There is one for each row of the source, in the source's order.
   *
   * @param rowId the row
   * @param clusterId its cluster, from 0
   * @param distanceToCentroid from the embedding to the cluster's mean, Euclidean
   */
  @ArrowRecord
  public record Assignment(long rowId, long clusterId, double distanceToCentroid) {}

  static final Schema ASSIGNMENTS =
      new Schema(
          List.of(
              column("row_id", new ArrowType.Int(64, true)),
              column("cluster_id", new ArrowType.Int(64, true)),
              column(
                  "distance_to_centroid",
                  new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE))));

  private static final int CHUNK_ROWS = 10_000;

  /** Checks the number of clusters. */
  public KMeansClustering {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, but is " + k);
    }
  }

  @Override
  public void process(UdtfSource source, BatchCollector out) throws IOException {
    Embeddings embeddings = Embeddings.read(source);
    KMeans fit = KMeans.fit(embeddings.values(), embeddings.dimensions(), k);
    // tag::chunks[]
    try (VectorSchemaRoot chunk = VectorSchemaRoot.create(ASSIGNMENTS, source.allocator())) {
      int rows = embeddings.rowIds().length;
      for (int start = 0; start < rows; start += CHUNK_ROWS) {
        fill(chunk, embeddings.rowIds(), fit, start, Math.min(start + CHUNK_ROWS, rows));
        out.collect(chunk); // when this returns, the chunk may be refilled
      }
    }
    // end::chunks[]
  }

  private static void fill(VectorSchemaRoot chunk, long[] rowIds, KMeans fit, int start, int end) {
    BigIntVector rowId = (BigIntVector) chunk.getVector(0);
    BigIntVector clusterId = (BigIntVector) chunk.getVector(1);
    Float8Vector distance = (Float8Vector) chunk.getVector(2);
    for (int row = start; row < end; row++) {
      rowId.setSafe(row - start, rowIds[row]);
      clusterId.setSafe(row - start, fit.cluster(row));
      distance.setSafe(row - start, fit.distance(row));
    }
    chunk.setRowCount(end - start);
  }

  private static Field column(String name, ArrowType type) {
    return new Field(name, FieldType.notNullable(type), null);
  }
}
