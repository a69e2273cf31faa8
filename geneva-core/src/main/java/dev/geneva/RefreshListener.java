package dev.geneva;

/** Is told how a refresh proceeds. */
@FunctionalInterface
public interface RefreshListener {

  /**
   * Called when a stage begins, every 100 ms or so while one runs, and when the refresh ended well;
   * by one thread at a time, which isn't always the same. It should return soon. What it throws is
   * logged and otherwise ignored.
   */
  void onProgress(RefreshProgress progress);
}
