package dev.geneva;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A vector index to be created with {@link Table#createIndex}. Immutable.
 *
 * <pre>{@code
 * table.createIndex(VectorIndex.ivfPq("vec").metric(VectorMetric.COSINE).partitions(64).build());
 * }</pre>
 */
public final class VectorIndex {

  private final String column;
  private final IndexKind kind;
  private final Optional<VectorMetric> metric;
  private final OptionalInt partitions;
  private final OptionalLong rowsPerPartition;
  private final OptionalInt subVectors;
  private final OptionalInt bits;
  private final OptionalInt graphEdges;
  private final OptionalInt efConstruction;
  private final int maxIterations;
  private final int sampleRate;
  private final Optional<String> name;
  private final boolean replace;

  private VectorIndex(Builder builder) {
    column = builder.column;
    kind = builder.kind;
    metric = builder.metric;
    partitions = builder.partitions;
    rowsPerPartition = builder.rowsPerPartition;
    subVectors = builder.subVectors;
    bits = builder.bits;
    graphEdges = builder.graphEdges;
    efConstruction = builder.efConstruction;
    maxIterations = builder.maxIterations;
    sampleRate = builder.sampleRate;
    name = builder.name;
    replace = builder.replace;
  }

  /** An {@link IndexKind#IVF_FLAT} index of a column. */
  public static Builder ivfFlat(String column) {
    return new Builder(column, IndexKind.IVF_FLAT);
  }

  /** An {@link IndexKind#IVF_PQ} index of a column. */
  public static Builder ivfPq(String column) {
    return new Builder(column, IndexKind.IVF_PQ);
  }

  /** An {@link IndexKind#IVF_SQ} index of a column. */
  public static Builder ivfSq(String column) {
    return new Builder(column, IndexKind.IVF_SQ);
  }

  /** An {@link IndexKind#IVF_RQ} index of a column. */
  public static Builder ivfRq(String column) {
    return new Builder(column, IndexKind.IVF_RQ);
  }

  /** An {@link IndexKind#IVF_HNSW_PQ} index of a column. */
  public static Builder ivfHnswPq(String column) {
    return new Builder(column, IndexKind.IVF_HNSW_PQ);
  }

  /** An {@link IndexKind#IVF_HNSW_SQ} index of a column. */
  public static Builder ivfHnswSq(String column) {
    return new Builder(column, IndexKind.IVF_HNSW_SQ);
  }

  /** The column to index. */
  public String column() {
    return column;
  }

  /** The kind of index. */
  public IndexKind kind() {
    return kind;
  }

  /** How distances are measured; empty: Hamming for unsigned bytes, L2 for floating point. */
  public Optional<VectorMetric> metric() {
    return metric;
  }

  /** The number of partitions; empty: as {@link #rowsPerPartition} says. */
  public OptionalInt partitions() {
    return partitions;
  }

  /**
   * The rows that a partition has on average; empty: 50,000 in tables that are large enough for two
   * partitions.
   */
  public OptionalLong rowsPerPartition() {
    return rowsPerPartition;
  }

  /**
   * The parts that a vector is cut into, for product quantization; empty: the greatest divisor of
   * the dimension that gives parts of 8 or more.
   */
  public OptionalInt subVectors() {
    return subVectors;
  }

  /** The bits of a code; empty: 8 for a sub-vector, 1 for a dimension in RaBitQ. */
  public OptionalInt bits() {
    return bits;
  }

  /** The edges of each node of the graph; empty: 20. */
  public OptionalInt graphEdges() {
    return graphEdges;
  }

  /** The candidates that are looked at for each edge of the graph; empty: 150. */
  public OptionalInt efConstruction() {
    return efConstruction;
  }

  /** The most rounds in which the centroids are improved. */
  public int maxIterations() {
    return maxIterations;
  }

  /** The rows that are looked at for each centroid. */
  public int sampleRate() {
    return sampleRate;
  }

  /** The index's name; empty: the column's with {@code _idx}. */
  public Optional<String> name() {
    return name;
  }

  /** Whether an index of the same name is replaced. */
  public boolean replace() {
    return replace;
  }

  @Override
  public String toString() {
    return kind + " index of column '" + column + "'";
  }

  /**
   * Collects what an index shall be. Not thread-safe. What doesn't fit the column or the table is
   * noticed by {@link Table#createIndex}.
   */
  public static final class Builder {
    private final String column;
    private final IndexKind kind;
    private Optional<VectorMetric> metric = Optional.empty();
    private OptionalInt partitions = OptionalInt.empty();
    private OptionalLong rowsPerPartition = OptionalLong.empty();
    private OptionalInt subVectors = OptionalInt.empty();
    private OptionalInt bits = OptionalInt.empty();
    private OptionalInt graphEdges = OptionalInt.empty();
    private OptionalInt efConstruction = OptionalInt.empty();
    private int maxIterations = 50;
    private int sampleRate = 256;
    private Optional<String> name = Optional.empty();
    private boolean replace = true;

    private Builder(String column, IndexKind kind) {
      this.column = column;
      this.kind = kind;
    }

    /**
     * Sets how distances are measured.
     *
     * @param metric default: {@link VectorMetric#HAMMING} for unsigned bytes, else {@link
     *     VectorMetric#L2}
     */
    public Builder metric(VectorMetric metric) {
      this.metric = Optional.of(metric);
      return this;
    }

    /**
     * Sets the number of partitions. Takes the place of {@link #rowsPerPartition}.
     *
     * @param count at least 1; at most the table's rows that have a vector
     */
    public Builder partitions(int count) {
      partitions = OptionalInt.of(positive("partitions", count));
      rowsPerPartition = OptionalLong.empty();
      return this;
    }

    /**
     * Sets the number of partitions by their average size. Takes the place of {@link #partitions}.
     *
     * @param rows at least 1; default: 50,000, but always two partitions or more
     */
    public Builder rowsPerPartition(long rows) {
      rowsPerPartition = OptionalLong.of(positive("rows per partition", rows));
      partitions = OptionalInt.empty();
      return this;
    }

    /**
     * Sets the parts that a vector is cut into, for product quantization.
     *
     * @param count a divisor of the dimension, even if {@link #bits} are 4
     * @throws InvalidDefinitionException if the kind has none
     */
    public Builder subVectors(int count) {
      require(kind.hasProducts(), "sub-vectors");
      subVectors = OptionalInt.of(positive("sub-vectors", count));
      return this;
    }

    /**
     * Sets the bits of a code: of each sub-vector, or in RaBitQ of each dimension.
     *
     * @param count 4 or 8 for sub-vectors, 1 to 8 in RaBitQ
     * @throws InvalidDefinitionException if the kind has no codes, or not of so many bits
     */
    public Builder bits(int count) {
      require(kind.hasProducts() || kind == IndexKind.IVF_RQ, "number of bits to choose");
      boolean known = kind.hasProducts() ? count == 4 || count == 8 : count >= 1 && count <= 8;
      if (!known) {
        throw new InvalidDefinitionException(
            kind + " codes have " + (kind.hasProducts() ? "4 or 8" : "1 to 8") + " bits: " + count);
      }
      bits = OptionalInt.of(count);
      return this;
    }

    /**
     * Sets the edges of each node of the graph.
     *
     * @param count at least 2; default: 20
     * @throws InvalidDefinitionException if the kind has no graph
     */
    public Builder graphEdges(int count) {
      require(kind.hasGraph(), "graph");
      if (count < 2) {
        throw new InvalidDefinitionException("A node has 2 edges at least: " + count);
      }
      graphEdges = OptionalInt.of(count);
      return this;
    }

    /**
     * Sets the candidates that are looked at for each edge of the graph: more of them take longer,
     * and make searches more exact.
     *
     * @param count at least 1; default: 150
     * @throws InvalidDefinitionException if the kind has no graph
     */
    public Builder efConstruction(int count) {
      require(kind.hasGraph(), "graph");
      efConstruction = OptionalInt.of(positive("candidates", count));
      return this;
    }

    /**
     * Sets the most rounds in which the centroids are improved.
     *
     * @param rounds at least 1; default: 50
     */
    public Builder maxIterations(int rounds) {
      maxIterations = positive("iterations", rounds);
      return this;
    }

    /**
     * Sets the rows that are looked at for each centroid.
     *
     * @param rows at least 1; default: 256
     */
    public Builder sampleRate(int rows) {
      sampleRate = positive("rows sampled for each partition", rows);
      return this;
    }

    /**
     * Sets the index's name.
     *
     * @param name not blank; default: the column's with {@code _idx}
     */
    public Builder name(String name) {
      if (name.isBlank() || name.startsWith("__lance")) {
        throw new InvalidDefinitionException("Not a name for an index: '" + name + "'");
      }
      this.name = Optional.of(name);
      return this;
    }

    /**
     * Sets whether an index of the same name is replaced, if it is of the same column.
     *
     * @param replace default: true
     */
    public Builder replace(boolean replace) {
      this.replace = replace;
      return this;
    }

    /** What was collected. */
    public VectorIndex build() {
      return new VectorIndex(this);
    }

    private void require(boolean fits, String what) {
      if (!fits) {
        throw new InvalidDefinitionException(
            "An " + kind + " index has no " + what + " (column '" + column + "').");
      }
    }

    private static int positive(String what, int count) {
      return Math.toIntExact(positive(what, (long) count));
    }

    private static long positive(String what, long count) {
      if (count < 1) {
        throw new InvalidDefinitionException(
            "The number of " + what + " must be positive: " + count);
      }
      return count;
    }
  }
}
