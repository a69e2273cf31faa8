package dev.geneva.ray.internal.driver;

import dev.geneva.GenevaException;
import dev.geneva.ray.internal.wire.Request.Start;
import io.ray.api.Ray;
import io.ray.runtime.util.JniUtils;

/**
 * This process's connection to Ray. Whatever goes wrong in it may end the process: that is why the
 * process has nothing else to do.
 */
final class RaySession implements AutoCloseable {

  private final Start start;

  private RaySession(Start start) {
    this.start = start;
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
    // finds
    // it loaded.
    JniUtils.loadLibrary(System.getProperty("java.io.tmpdir"), "core_worker_library_java", true);
    Ray.init();
    return new RaySession(start);
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

  @Override
  public void close() {
    Ray.shutdown();
  }
}
