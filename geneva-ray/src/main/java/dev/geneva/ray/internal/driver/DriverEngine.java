package dev.geneva.ray.internal.driver;

import dev.geneva.LocalCapacity;
import dev.geneva.ResourcesUnavailableException;
import dev.geneva.internal.remote.DistributedEngine;
import dev.geneva.internal.run.TaskEngine;
import dev.geneva.ray.internal.wire.PlainDatabase;
import dev.geneva.udtf.Resources;
import io.ray.api.Ray;
import io.ray.api.runtimecontext.NodeInfo;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Ray, as the owner of a refresh sees it.
 *
 * @param session the connection to Ray
 * @param database where the view is, for the workers
 * @param jars digests of the jars in the database that hold the functions
 */
record DriverEngine(RaySession session, PlainDatabase database, List<String> jars)
    implements DistributedEngine {

  private static final long MEMORY_PER_WORKER = 1L << 30;

  @Override
  public String name() {
    return "ray";
  }

  @Override
  public Room room(String udtf, Resources resources) {
    WorkerRequest request = WorkerRequest.of(udtf, resources);
    List<NodeInfo> nodes =
        Ray.getRuntimeContext().getAllNodeInfo().stream().filter(node -> node.isAlive).toList();
    int workers = nodes.stream().mapToInt(node -> request.fitsInto(node.resources)).sum();
    if (workers == 0) {
      throw new ResourcesUnavailableException(
          "%s asks for %s a worker, and no node of the cluster has that: %s."
              .formatted(
                  udtf,
                  WorkerRequest.describe(request.resources()),
                  nodes.stream()
                      .map(
                          node ->
                              node.nodeAddress + " has " + WorkerRequest.describe(node.resources))
                      .collect(Collectors.joining("; "))));
    }
    // Of this, planning gives a quarter to the rows that a pass reads: so each worker's share is
    // bounded, whatever the cluster has.
    long memory = Math.max(resources.memoryBytes().orElse(0), workers * MEMORY_PER_WORKER);
    return new Room(workers, new LocalCapacity(sum(nodes, "CPU"), sum(nodes, "GPU"), memory));
  }

  private static double sum(List<NodeInfo> nodes, String resource) {
    return nodes.stream().mapToDouble(node -> node.resources.getOrDefault(resource, 0.0)).sum();
  }

  @Override
  public TaskEngine taskEngine() {
    return new RayTaskEngine(session, database, jars);
  }
}
