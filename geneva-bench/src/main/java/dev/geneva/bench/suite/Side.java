package dev.geneva.bench.suite;

/**
 * One way to do what a line measures.
 *
 * @param name tells it from the other sides
 * @param action does it once
 */
public record Side(String name, Action action) {

  /** Does it once, and leaves nothing behind that the next run would see. */
  @FunctionalInterface
  public interface Action {
    /** Measures one run. */
    Sample run() throws Exception;
  }
}
