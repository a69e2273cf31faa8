package dev.geneva.ray;

/**
 * Makes engines for {@link RayEngine}. Found as a service, so that the API doesn't depend on what
 * implements it; not for applications.
 */
public interface RayEngineProvider {

  /** A Ray on this host. */
  RayEngine local(RayOptions options);
}
