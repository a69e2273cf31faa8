package dev.geneva.ray.internal.driver;

import dev.geneva.LocalCapacity;
import dev.geneva.ResourcesUnavailableException;
import dev.geneva.internal.remote.DistributedEngine;
import dev.geneva.internal.run.TaskEngine;
import dev.geneva.ray.internal.wire.PlainDatabase;
import dev.geneva.udtf.Resources;
import java.util.List;

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
    Nodes nodes = Nodes.alive();
    int workers = nodes.room(request);
    if (workers == 0) {
      throw new ResourcesUnavailableException(
          "%s asks for %s a worker, and no node of the cluster has that: %s."
              .formatted(udtf, WorkerRequest.describe(request.resources()), nodes.describe()));
    }
    // Of this, planning gives a quarter to the rows that a pass reads: so each worker's share is
    // bounded, whatever the cluster has.
    long memory = Math.max(resources.memoryBytes().orElse(0), workers * MEMORY_PER_WORKER);
    return new Room(workers, new LocalCapacity(nodes.sum("CPU"), nodes.sum("GPU"), memory));
  }

  @Override
  public TaskEngine taskEngine() {
    return new RayTaskEngine(session, database, jars);
  }
}
