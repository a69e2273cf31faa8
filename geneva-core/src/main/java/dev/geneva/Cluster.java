package dev.geneva;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * An existing Ray cluster, as a database stores it under a name. On Kubernetes, the URLs are those
 * of the services that KubeRay makes. Holds no secrets: the token of a cluster that wants one comes
 * from the environment variable {@code RAY_AUTH_TOKEN} of whoever opens a context.
 *
 * @param dashboard where the cluster takes jobs, such as {@code http://head:8265}
 * @param address host and port of the cluster's control service, as its nodes reach it; empty: what
 *     the cluster tells a job
 * @param classPath what a driver and the workers load Geneva from: jars, or folders of jars, by
 *     absolute paths that are there on every node
 * @param java the Java command on the nodes
 */
public record Cluster(
    URI dashboard, Optional<String> address, List<String> classPath, String java) {

  /**
   * Checks the values.
   *
   * @throws InvalidDefinitionException if one can't be right
   */
  public Cluster {
    classPath = List.copyOf(classPath);
    if (!List.of("http", "https").contains(String.valueOf(dashboard.getScheme()))
        || dashboard.getHost() == null) {
      throw new InvalidDefinitionException(
          "The dashboard of a cluster is an address like http://head:8265, not '"
              + dashboard
              + "'.");
    }
    address.ifPresent(Cluster::requireHostAndPort);
    for (String entry : classPath) {
      if (!entry.startsWith("/")) {
        throw new InvalidDefinitionException(
            "The class path of a cluster has absolute paths of its nodes, not '" + entry + "'.");
      }
    }
  }

  /** Ray's own library ends the process on anything else, so nothing else gets that far. */
  private static void requireHostAndPort(String address) {
    if (!address.matches("[A-Za-z0-9._-]+:[0-9]{1,5}")) {
      throw new InvalidDefinitionException(
          "The address of a cluster is a host and a port, like head:6379, not '" + address + "'.");
    }
  }

  /**
   * A cluster that takes jobs at an address.
   *
   * @param dashboard such as {@code http://head:8265}
   * @throws InvalidDefinitionException if it is no such address
   */
  public static Builder at(String dashboard) {
    return new Builder(dashboard);
  }

  /** Collects values. Not thread-safe. */
  public static final class Builder {
    private final String dashboard;
    private Optional<String> address = Optional.empty();
    private List<String> classPath = List.of("/opt/geneva/lib");
    private String java = "java";

    private Builder(String dashboard) {
      this.dashboard = dashboard;
    }

    /** Sets the address of the control service; default: what the cluster tells a job. */
    public Builder address(String hostAndPort) {
      address = Optional.of(hostAndPort);
      return this;
    }

    /** Sets where Geneva lies on every node; default: {@code /opt/geneva/lib}. */
    public Builder classPath(String... entries) {
      classPath = List.of(entries);
      return this;
    }

    /** Sets the Java command on the nodes; default: {@code java}, found in their path. */
    public Builder java(String command) {
      java = command;
      return this;
    }

    /**
     * The cluster.
     *
     * @throws InvalidDefinitionException if a value can't be right
     */
    public Cluster build() {
      try {
        return new Cluster(URI.create(dashboard), address, classPath, java);
      } catch (IllegalArgumentException e) {
        throw new InvalidDefinitionException("'" + dashboard + "' is no URL.", e);
      }
    }
  }
}
