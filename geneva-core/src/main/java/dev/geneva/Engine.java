package dev.geneva;

/** Where the tasks of a refresh run: {@link LocalEngine} or one of an additional module. */
public interface Engine {

  /** A short name, as history shows it. */
  String name();
}
