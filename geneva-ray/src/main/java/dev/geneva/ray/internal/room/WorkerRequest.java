package dev.geneva.ray.internal.room;

import dev.geneva.ResourcesUnavailableException;
import dev.geneva.udtf.Resources;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a worker asks Ray for, and how its memory is split.
 *
 * <p>Ray's {@code memory} only decides where a worker is placed; what it may take, its JVM's flags
 * limit. A function's {@code memory} is its own allocator's limit, outside of the heap; the heap
 * gets half as much again, within bounds.
 *
 * @param resources amounts by Ray's names
 * @param heapBytes the most heap
 * @param directBytes the most direct memory
 */
public record WorkerRequest(Map<String, Double> resources, long heapBytes, long directBytes) {

  private static final long MIB = 1L << 20;
  private static final long LEAST_HEAP = 256 * MIB;
  private static final long DEFAULT_HEAP = 1024 * MIB;
  private static final long MOST_HEAP = 32L << 30;

  /** What Lance and the JVM itself take, about. */
  private static final long NATIVE = 256 * MIB;

  /**
   * What a worker for a function asks for.
   *
   * @throws ResourcesUnavailableException if Ray has no such amounts
   */
  public static WorkerRequest of(String udtf, Resources asked) {
    Map<String, Double> amounts = new LinkedHashMap<>();
    amounts.put("CPU", amount(udtf, "numCpus", asked.numCpus()));
    if (asked.numGpus() > 0) {
      amounts.put("GPU", amount(udtf, "numGpus", asked.numGpus()));
    }
    long heap = DEFAULT_HEAP;
    if (asked.memoryBytes().isPresent()) {
      long memory = asked.memoryBytes().getAsLong();
      heap = Math.max(LEAST_HEAP, Math.min(MOST_HEAP, memory / 2));
      amounts.put("memory", (double) (memory + heap + NATIVE));
    }
    return new WorkerRequest(amounts, heap, Math.max(LEAST_HEAP, heap / 2));
  }

  /** Ray takes fractions below 1, and whole numbers above. */
  private static double amount(String udtf, String what, double amount) {
    if (amount > 1 && amount != Math.rint(amount)) {
      throw new ResourcesUnavailableException(
          "%s asks for %s = %s. Above 1, Ray has whole ones only: make it %d or %d."
              .formatted(
                  udtf,
                  what,
                  BigDecimal.valueOf(amount).stripTrailingZeros().toPlainString(),
                  (long) Math.floor(amount),
                  (long) Math.ceil(amount)));
    }
    return amount;
  }

  /** The flags that limit the worker's JVM. */
  public List<String> jvmOptions() {
    return List.of(
        "-Xms64m",
        "-Xmx" + heapBytes / MIB + "m",
        "-XX:MaxDirectMemorySize=" + directBytes / MIB + "m");
  }

  /** How many workers fit into what a node has. */
  int fitsInto(Map<String, Double> node) {
    double times = Integer.MAX_VALUE;
    for (Map.Entry<String, Double> asked : resources.entrySet()) {
      times = Math.min(times, node.getOrDefault(asked.getKey(), 0.0) / asked.getValue());
    }
    return (int) times;
  }

  /** For people. */
  public static String describe(Map<String, Double> amounts) {
    List<String> shown = new ArrayList<>();
    shown.add("CPU " + plain(amounts.getOrDefault("CPU", 0.0)));
    if (amounts.containsKey("GPU")) {
      shown.add("GPU " + plain(amounts.getOrDefault("GPU", 0.0)));
    }
    if (amounts.containsKey("memory")) {
      shown.add("memory %d MiB".formatted((long) (amounts.getOrDefault("memory", 0.0) / MIB)));
    }
    return String.join(", ", shown);
  }

  private static String plain(double amount) {
    return BigDecimal.valueOf(amount).stripTrailingZeros().toPlainString();
  }
}
