package dev.geneva.ray;

import dev.geneva.Engine;
import dev.geneva.UnsupportedRuntimeException;
import java.util.ServiceLoader;

/**
 * Runs refreshes on Ray: {@code RefreshOptions.builder().on(engine)}. Thread-safe; several
 * refreshes may run at a time.
 *
 * <p>The process that calls never loads Ray. A driver in a JVM of its own takes the refresh over:
 * it opens the database itself, so that has to be at a place that it and the workers reach.
 */
public interface RayEngine extends Engine, AutoCloseable {

  /**
   * A private Ray on this host, with all defaults.
   *
   * @return the caller closes it, which ends all that was started
   * @throws UnsupportedRuntimeException if Ray is missing or of another version
   */
  static RayEngine local() {
    return local(RayOptions.ofDefaults());
  }

  /** A Ray on this host. Fails as {@link #local()} does. */
  static RayEngine local(RayOptions options) {
    return ServiceLoader.load(RayEngineProvider.class, RayEngineProvider.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new UnsupportedRuntimeException(
                    "geneva-ray is incomplete on the class path: META-INF/services/"
                        + RayEngineProvider.class.getName()
                        + " is missing. A shaded jar must keep service files."))
        .local(options);
  }

  /** Cancels what is under way, and ends what was started. Closing twice does nothing. */
  @Override
  void close();
}
