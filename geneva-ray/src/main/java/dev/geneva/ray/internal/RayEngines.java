package dev.geneva.ray.internal;

import dev.geneva.Cluster;
import dev.geneva.ConnectionOptions;
import dev.geneva.Manifest;
import dev.geneva.internal.remote.EngineProvider;
import dev.geneva.internal.remote.RefreshEngine;
import dev.geneva.ray.RayEngine;
import dev.geneva.ray.RayEngineProvider;
import dev.geneva.ray.RayOptions;
import dev.geneva.ray.internal.job.ClusterRayEngine;

/** Makes the engines, for the two who ask for them. */
public final class RayEngines implements EngineProvider, RayEngineProvider {

  /** For the service loader. */
  public RayEngines() {}

  @Override
  public RayEngine local(RayOptions options) {
    return LocalRayEngine.start(options);
  }

  @Override
  public RefreshEngine local() {
    return LocalRayEngine.start(RayOptions.ofDefaults());
  }

  @Override
  public RefreshEngine on(
      String name, Cluster cluster, Manifest manifest, ConnectionOptions database) {
    return ClusterRayEngine.reach(cluster, manifest);
  }
}
