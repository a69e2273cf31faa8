package dev.geneva;

/**
 * The kinds of vector index. All divide the rows into partitions by the nearest of a number of
 * centroids ("IVF"); they differ in what they store of the vectors, which trades size and speed of
 * searches against their exactness. For partitioning, they are alike.
 */
public enum IndexKind {
  /** The vectors as they are. The only kind for {@link VectorMetric#HAMMING}. */
  IVF_FLAT,
  /** Product quantization: a byte, or half of one, for each of a number of sub-vectors. */
  IVF_PQ,
  /** Scalar quantization: a byte for each dimension. */
  IVF_SQ,
  /** RaBitQ: one bit, or a few, for each dimension. */
  IVF_RQ,
  /** The vectors as they are, and a graph. Lance for Java reads it, but can't create it. */
  IVF_HNSW_FLAT,
  /** Product quantization and a graph. */
  IVF_HNSW_PQ,
  /** Scalar quantization and a graph. */
  IVF_HNSW_SQ;

  /** Whether this kind has sub-vectors, each coded in a number of bits. */
  boolean hasProducts() {
    return this == IVF_PQ || this == IVF_HNSW_PQ;
  }

  /** Whether each partition holds a graph. */
  boolean hasGraph() {
    return this == IVF_HNSW_FLAT || this == IVF_HNSW_PQ || this == IVF_HNSW_SQ;
  }
}
