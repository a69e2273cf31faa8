package dev.geneva.ray.internal.room;

import dev.geneva.LocalCapacity;
import dev.geneva.ResourcesUnavailableException;
import dev.geneva.internal.remote.DistributedEngine.Room;
import dev.geneva.udtf.Resources;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The nodes of a cluster that live, as far as it knows: it takes up to 15 s to notice a death.
 *
 * @param all what each has
 */
public record Nodes(List<Node> all) {

  private static final long MEMORY_PER_WORKER = 1L << 30;

  /** Copies the list. */
  public Nodes {
    all = List.copyOf(all);
  }

  /**
   * One node, and what it has.
   *
   * @param address its host
   * @param resources amounts by Ray's names
   */
  public record Node(String address, Map<String, Double> resources) {
    /** Copies the map. */
    public Node {
      resources = Map.copyOf(resources);
    }
  }

  /**
   * The room that there is for a function, if nobody else is there.
   *
   * @param udtf the function's name, for the error message
   * @throws ResourcesUnavailableException if there is none
   */
  public Room room(String udtf, Resources asked) {
    WorkerRequest request = WorkerRequest.of(udtf, asked);
    int workers = places(request);
    if (workers == 0) {
      throw new ResourcesUnavailableException(
          "%s asks for %s a worker, and no node of the cluster has that: %s."
              .formatted(udtf, WorkerRequest.describe(request.resources()), describe()));
    }
    // Of this, planning gives a quarter to the rows that a pass reads: so each worker's share is
    // bounded, whatever the cluster has.
    long memory = Math.max(asked.memoryBytes().orElse(0), workers * MEMORY_PER_WORKER);
    return new Room(workers, new LocalCapacity(sum("CPU"), sum("GPU"), memory));
  }

  /** How many workers they could hold if they did nothing else. */
  public int places(WorkerRequest request) {
    return all.stream().mapToInt(node -> request.fitsInto(node.resources())).sum();
  }

  private double sum(String resource) {
    return all.stream().mapToDouble(node -> node.resources().getOrDefault(resource, 0.0)).sum();
  }

  /** For people. */
  public String describe() {
    return all.isEmpty()
        ? "no node lives"
        : all.stream()
            .map(node -> node.address() + " has " + WorkerRequest.describe(node.resources()))
            .collect(Collectors.joining("; "));
  }
}
