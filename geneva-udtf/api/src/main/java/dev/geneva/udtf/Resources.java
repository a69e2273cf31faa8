package dev.geneva.udtf;

import java.util.OptionalLong;

/**
 * What one call of a function asks for.
 *
 * @param numCpus CPUs, greater than 0; a fraction is allowed
 * @param numGpus GPUs, 0 or more; a fraction is allowed
 * @param memoryBytes bytes, greater than 0; empty: not limited
 */
public record Resources(double numCpus, double numGpus, OptionalLong memoryBytes) {

  /** Checks the ranges. */
  public Resources {
    if (!(numCpus > 0) || Double.isInfinite(numCpus)) {
      throw new IllegalArgumentException("numCpus must be greater than 0, not " + numCpus);
    }
    if (!(numGpus >= 0) || Double.isInfinite(numGpus)) {
      throw new IllegalArgumentException("numGpus must be 0 or more, not " + numGpus);
    }
    if (memoryBytes.isPresent() && memoryBytes.getAsLong() <= 0) {
      throw new IllegalArgumentException(
          "memory must be greater than 0 bytes, not " + memoryBytes.getAsLong());
    }
  }

  /** One CPU, no GPU, memory not limited. */
  public static Resources ofDefaults() {
    return new Resources(1.0, 0.0, OptionalLong.empty());
  }
}
