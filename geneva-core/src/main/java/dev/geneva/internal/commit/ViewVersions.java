package dev.geneva.internal.commit;

/**
 * The versions of a view, and the one way to make another.
 *
 * @param <V> a version; whoever asks for one closes it
 */
public interface ViewVersions<V extends ViewVersion> {

  /**
   * The latest.
   *
   * @throws dev.geneva.NotFoundException if the view isn't there
   */
  V latest();

  /** An earlier one. */
  V at(long number);

  /**
   * Makes the version that is to be committed.
   *
   * @param latest fails if another commit of a refresh has come since
   */
  V swap(V latest);
}
