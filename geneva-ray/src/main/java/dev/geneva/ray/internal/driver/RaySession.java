package dev.geneva.ray.internal.driver;

import dev.geneva.EngineLostException;
import dev.geneva.GenevaException;
import dev.geneva.ray.internal.room.Nodes;
import dev.geneva.ray.internal.wire.Request.Start;
import io.ray.api.Ray;
import io.ray.api.id.ActorId;
import io.ray.runtime.AbstractRayRuntime;
import io.ray.runtime.config.RayConfig;
import io.ray.runtime.gcs.GlobalStateAccessor;
import io.ray.runtime.util.JniUtils;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * This process's connection to Ray. Whatever goes wrong in it may end the process: that is why the
 * process has nothing else to do.
 */
final class RaySession implements AutoCloseable {

  private final Start start;

  /** Of the raylet of the node to which this process belongs. */
  private final Path socket;

  private final GlobalStateAccessor state;
  private final UnneededWorkers unneeded = new UnneededWorkers();
  private volatile boolean lost;

  private RaySession(Start start, RayConfig config) {
    this.start = start;
    this.socket = Path.of(config.rayletSocketName);
    this.state =
        GlobalStateAccessor.getInstance(config.getBootstrapAddress(), config.redisPassword);
  }

  /** Connects. What the request says has been checked: on a wrong address Ray ends the process. */
  static RaySession open(Start start) {
    String address = start.address() == null ? System.getenv("RAY_ADDRESS") : start.address();
    if (address == null) {
      throw new GenevaException("No address of a Ray: neither given, nor in RAY_ADDRESS.");
    }
    System.setProperty("ray.address", address);
    System.setProperty("ray.job.code-search-path", String.join(":", start.classPath()));
    start
        .environment()
        .forEach(
            (name, value) -> System.setProperty("ray.job.runtime-env.env-vars." + name, value));
    // Else it is unpacked to a place that nobody cleans, /tmp/ray/<time>; the second time, Ray
    // finds it loaded.
    JniUtils.loadLibrary(System.getProperty("java.io.tmpdir"), "core_worker_library_java", true);
    Ray.init();
    return new RaySession(start, ((AbstractRayRuntime) Ray.internal()).getRayConfig());
  }

  /** How the session was asked for. */
  Start start() {
    return start;
  }

  /**
   * Where workers put temporary files, on whichever host: below this process's own folder, which is
   * deleted by whoever started it.
   */
  String workerFolder() {
    return System.getProperty("java.io.tmpdir");
  }

  /** Ends a worker that may not have begun, and that nobody else uses any more. */
  void dismiss(Worker worker) {
    unneeded.add(worker);
  }

  /** The nodes that live, as far as Ray knows. */
  Nodes nodes() {
    return new Nodes(
        Ray.getRuntimeContext().getAllNodeInfo().stream()
            .filter(node -> node.isAlive)
            .map(node -> new Nodes.Node(node.nodeAddress, node.resources))
            .toList());
  }

  /** Why an actor died, if Ray knows. */
  Optional<DeathCause> deathOf(ActorId actor) {
    return DeathCause.of(actor, state);
  }

  /**
   * Requires that the node lives to which this process belongs. Without it, Ray gives this process
   * no workers any more, and never says so.
   *
   * @throws EngineLostException if it is dead
   */
  void requireNode() {
    try (SocketChannel raylet = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      lost |= !raylet.isConnected();
    } catch (IOException e) {
      lost = true;
    }
    if (lost) {
      throw new EngineLostException(
          "The Ray node on which the driver of the refresh runs has died, and its workers with it;"
              + " the view is as it was, or whole anew. Refresh again: what was finished is kept.");
    }
  }

  /** Whether the node was found dead to which this process belongs. */
  boolean isLost() {
    return lost;
  }

  /** Leaves Ray, unless it is gone: then Ray would wait for it. */
  @Override
  public void close() {
    unneeded.close();
    if (!lost) {
      Ray.shutdown();
    }
  }
}
