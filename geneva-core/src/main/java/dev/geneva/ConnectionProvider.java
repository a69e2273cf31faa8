package dev.geneva;

/**
 * Opens connections for {@link Geneva}. Found as a service, so that the API doesn't depend on what
 * implements it; not for applications.
 */
public interface ConnectionProvider {

  /** Opens a connection. */
  Connection connect(ConnectionOptions options);
}
