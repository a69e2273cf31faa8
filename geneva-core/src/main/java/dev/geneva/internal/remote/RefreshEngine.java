package dev.geneva.internal.remote;

import dev.geneva.Engine;
import dev.geneva.RefreshProgress;
import dev.geneva.RefreshReport;
import dev.geneva.internal.run.Cancellation;
import dev.geneva.udtf.Resources;
import java.util.function.Consumer;

/**
 * An engine that takes a refresh over whole: another process owns it, from its inspection to its
 * commit. Thread-safe.
 */
public interface RefreshEngine extends Engine, AutoCloseable {

  /**
   * Refreshes. Errors are those of a refresh in this process.
   *
   * @param progress told of what the other process reports; called by any thread
   * @param cancellation asked while waiting
   * @throws dev.geneva.EngineLostException if the other process ended before the refresh did
   */
  RefreshReport refresh(
      RefreshOrder order, Consumer<RefreshProgress> progress, Cancellation cancellation);

  /**
   * Finds out how much room there is for calls of a function, for a plan.
   *
   * @throws dev.geneva.ResourcesUnavailableException if there is none; the message says what there
   *     is
   * @throws dev.geneva.EngineLostException if the other process doesn't answer
   */
  DistributedEngine.Room room(String udtf, Resources resources);

  /** Ends what the engine started. Closing twice does nothing. */
  @Override
  void close();
}
