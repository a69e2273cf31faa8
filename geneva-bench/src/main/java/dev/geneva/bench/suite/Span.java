package dev.geneva.bench.suite;

/**
 * When something was measured, by {@link System#nanoTime}.
 *
 * @param begin its first nanosecond
 * @param end the one after its last
 */
public record Span(long begin, long end) {

  /** Of what another process has measured. */
  public static final Span ELSEWHERE = new Span(0, 0);

  /** Of what ends now. */
  public static Span since(long begin) {
    return new Span(begin, System.nanoTime());
  }

  /** How long it was. */
  public double millis() {
    return (end - begin) / 1e6;
  }
}
