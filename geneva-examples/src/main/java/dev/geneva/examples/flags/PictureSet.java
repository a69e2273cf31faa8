package dev.geneva.examples.flags;

import java.util.Iterator;

/** The pictures that a run is about, in two parts: those to begin with, and those added later. */
interface PictureSet {

  /** What they are, for people: {@code 542 drawings of 271 flags …}. */
  String description();

  /** How many pictures there are in both parts, some of which may turn out to be unreadable. */
  int size();

  /** Those to begin with. Their row ids count from 0. */
  Iterator<Picture> first();

  /**
   * Those to be added later. Their row ids go on from the first part's; called after it was read.
   */
  Iterator<Picture> later();

  /** Is told how far the reading or drawing of pictures is; by any thread. */
  @FunctionalInterface
  interface Progress {

    /** Says that so many of so many are done. */
    void at(int done, int total);
  }
}
