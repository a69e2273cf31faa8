package dev.geneva;

/**
 * What the refreshes of one process may use at a time. A function that asks for more CPUs or memory
 * runs alone; GPUs are there only if declared.
 *
 * @param cpus CPUs, greater than 0
 * @param gpus GPUs, 0 or more
 * @param memoryBytes bytes, greater than 0
 */
public record LocalCapacity(double cpus, double gpus, long memoryBytes) {

  /** Checks the ranges. */
  public LocalCapacity {
    if (!(cpus > 0) || !(gpus >= 0) || memoryBytes <= 0) {
      throw new InvalidDefinitionException(
          "Local capacity needs cpus > 0, gpus >= 0 and memoryBytes > 0, not "
              + cpus
              + ", "
              + gpus
              + ", "
              + memoryBytes);
    }
  }

  /** The processors of this JVM, no GPU, and as much memory as its heap may grow to. */
  public static LocalCapacity ofProcess() {
    Runtime runtime = Runtime.getRuntime();
    return new LocalCapacity(runtime.availableProcessors(), 0, runtime.maxMemory());
  }
}
