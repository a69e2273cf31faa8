package dev.geneva;

/** How far apart two vectors are, to an index. */
public enum VectorMetric {
  /** Squared Euclidean distance. The default for floating-point vectors. */
  L2,
  /** One minus the cosine of the angle. A vector of zeros has none and isn't indexed. */
  COSINE,
  /** One minus the dot product. */
  DOT,
  /** The number of differing bits. The only one for vectors of unsigned bytes. */
  HAMMING
}
