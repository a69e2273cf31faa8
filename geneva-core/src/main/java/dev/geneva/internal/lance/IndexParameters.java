package dev.geneva.internal.lance;

import dev.geneva.IndexKind;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.VectorIndex;
import dev.geneva.VectorMetric;
import org.lance.index.DistanceType;
import org.lance.index.IndexType;
import org.lance.index.vector.HnswBuildParams;
import org.lance.index.vector.IvfBuildParams;
import org.lance.index.vector.PQBuildParams;
import org.lance.index.vector.RQBuildParams;
import org.lance.index.vector.SQBuildParams;
import org.lance.index.vector.VectorIndexParams;

/**
 * An index as Lance wants it, checked against the column and the number of rows: a combination that
 * Lance doesn't know is an error there at best, and at worst the end of the process.
 */
final class IndexParameters {

  private static final long ROWS_PER_PARTITION = 50_000;
  private static final int SUB_VECTOR_SIZE = 8;

  private final VectorIndex index;
  private final VectorColumn column;
  private final long rows;

  /**
   * Checks nothing yet.
   *
   * @param rows of the table
   */
  IndexParameters(VectorIndex index, VectorColumn column, long rows) {
    this.index = index;
    this.column = column;
    this.rows = rows;
  }

  /** The name of the kind in Lance. */
  IndexType type() {
    return IndexType.valueOf(index.kind().name());
  }

  /**
   * The parameters in Lance's form.
   *
   * @throws InvalidDefinitionException if they don't fit the column or the rows
   */
  VectorIndexParams build() {
    DistanceType metric = metric();
    if (rows == 0) {
      throw refused("the table has no rows");
    }
    IvfBuildParams ivf =
        new IvfBuildParams.Builder()
            .setNumPartitions(partitions())
            .setMaxIters(index.maxIterations())
            .setSampleRate(index.sampleRate())
            .build();
    VectorIndexParams.Builder params = new VectorIndexParams.Builder(ivf).setDistanceType(metric);
    switch (index.kind()) {
      case IVF_FLAT -> {}
      case IVF_PQ -> params.setPqParams(products());
      case IVF_SQ -> params.setSqParams(new SQBuildParams.Builder().build());
      case IVF_RQ -> params.setRqParams(rabit());
      case IVF_HNSW_PQ -> params.setHnswParams(graph()).setPqParams(products());
      case IVF_HNSW_SQ ->
          params.setHnswParams(graph()).setSqParams(new SQBuildParams.Builder().build());
      case IVF_HNSW_FLAT -> throw refused("Lance for Java can't create it");
    }
    return params.build();
  }

  private DistanceType metric() {
    boolean bits = column.element() == VectorColumn.Element.UINT8;
    VectorMetric metric = index.metric().orElse(bits ? VectorMetric.HAMMING : VectorMetric.L2);
    if (!column.element().metrics().contains(metric)) {
      throw refused(
          "%s doesn't fit vectors of %s, but %s does"
              .formatted(metric, column.element(), column.element().metrics()));
    }
    if (bits && index.kind() != IndexKind.IVF_FLAT) {
      throw refused("vectors of UINT8 can only have an IVF_FLAT index");
    }
    return switch (metric) {
      case L2 -> DistanceType.L2;
      case COSINE -> DistanceType.Cosine;
      case DOT -> DistanceType.Dot;
      case HAMMING -> DistanceType.Hamming;
    };
  }

  private int partitions() {
    if (index.partitions().isPresent()) {
      int count = index.partitions().getAsInt();
      if (count > rows) {
        throw refused("%d partitions are too many for %d rows".formatted(count, rows));
      }
      return count;
    }
    if (index.rowsPerPartition().isPresent()) {
      long size = index.rowsPerPartition().getAsLong();
      return Math.toIntExact(rows / size + (rows % size == 0 ? 0 : 1));
    }
    return Math.toIntExact(Math.min(rows, Math.max(2, rows / ROWS_PER_PARTITION)));
  }

  private PQBuildParams products() {
    int bits = index.bits().orElse(Byte.SIZE);
    int count = index.subVectors().orElseGet(() -> defaultSubVectors(bits));
    if (column.dimension() % count != 0) {
      throw refused(
          "%d sub-vectors don't divide vectors of %d".formatted(count, column.dimension()));
    }
    if (bits < Byte.SIZE && count % 2 != 0) {
      throw refused("with codes of 4 bits, the sub-vectors must be even: " + count);
    }
    if (rows < 1 << bits) {
      throw refused(
          "codes of %d bits need %d rows at least, not %d".formatted(bits, 1 << bits, rows));
    }
    return new PQBuildParams.Builder()
        .setNumSubVectors(count)
        .setNumBits(bits)
        .setMaxIters(index.maxIterations())
        .setSampleRate(index.sampleRate())
        .build();
  }

  /** The greatest divisor that leaves sub-vectors of the usual size or more. */
  private int defaultSubVectors(int bits) {
    int step = bits < Byte.SIZE ? 2 : 1;
    int greatest = step;
    for (int count = step; count <= column.dimension() / SUB_VECTOR_SIZE; count += step) {
      if (column.dimension() % count == 0) {
        greatest = count;
      }
    }
    return greatest;
  }

  private RQBuildParams rabit() {
    if (column.dimension() % Byte.SIZE != 0) {
      throw refused("vectors of " + column.dimension() + " aren't whole bytes of one bit each");
    }
    return new RQBuildParams.Builder().setNumBits((byte) index.bits().orElse(1)).build();
  }

  private HnswBuildParams graph() {
    HnswBuildParams.Builder params = new HnswBuildParams.Builder();
    index.graphEdges().ifPresent(params::setM);
    index.efConstruction().ifPresent(params::setEfConstruction);
    return params.build();
  }

  private InvalidDefinitionException refused(String why) {
    return new InvalidDefinitionException("Can't create the " + index + ": " + why + ".");
  }
}
