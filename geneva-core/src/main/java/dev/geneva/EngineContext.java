package dev.geneva;

/**
 * While it is open, refreshes of its connection that name no engine run on this one. Made by {@link
 * Connection#localRayContext} and {@link Connection#context}; thread-safe.
 */
public interface EngineContext extends AutoCloseable {

  /** The engine; usable with {@link RefreshOptions.Builder#on} while the context is open. */
  Engine engine();

  /**
   * Ends the context and the processes that it started; a refresh that is under way is cancelled,
   * unless it is a job of an existing cluster: that goes on. Closing twice does nothing.
   */
  @Override
  void close();
}
