package dev.geneva.internal.remote;

import dev.geneva.Engine;
import dev.geneva.LocalCapacity;
import dev.geneva.internal.run.TaskEngine;
import dev.geneva.udtf.Resources;

/** An engine that runs the tasks of a refresh elsewhere, while this process owns the refresh. */
public interface DistributedEngine extends Engine {

  /**
   * Finds out how much room there is for calls of a function.
   *
   * @param udtf the function's name, for the error message
   * @throws dev.geneva.ResourcesUnavailableException if there is none; the message says what there
   *     is
   */
  Room room(String udtf, Resources resources);

  /** What runs the tasks. */
  TaskEngine taskEngine();

  /**
   * Room for a function.
   *
   * @param workers calls that can run at a time, at least 1
   * @param capacity what the engine has as a whole
   */
  record Room(int workers, LocalCapacity capacity) {}
}
