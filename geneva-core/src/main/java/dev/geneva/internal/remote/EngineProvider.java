package dev.geneva.internal.remote;

import dev.geneva.Cluster;
import dev.geneva.ConnectionOptions;
import dev.geneva.Manifest;

/** Makes the engines of contexts. Found as a service: geneva-ray has the only one. */
public interface EngineProvider {

  /** An engine on a Ray that is started for it. */
  RefreshEngine local();

  /**
   * An engine on an existing cluster, which has been reached when the call returns.
   *
   * @param name the cluster's, for messages
   * @param database where the manifest's jars are
   */
  RefreshEngine on(String name, Cluster cluster, Manifest manifest, ConnectionOptions database);
}
