package dev.geneva.ray.internal.driver;

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

  @Override
  public String name() {
    return "ray";
  }

  @Override
  public Room room(String udtf, Resources resources) {
    return session.nodes().room(udtf, resources);
  }

  @Override
  public TaskEngine taskEngine() {
    return new RayTaskEngine(session, database, jars);
  }
}
