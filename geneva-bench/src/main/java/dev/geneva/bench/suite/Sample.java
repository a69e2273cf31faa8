package dev.geneva.bench.suite;

/**
 * One run of a side.
 *
 * @param value in the line's unit
 * @param outcome what came out of it; the same for all sides of a case, or the value doesn't count
 * @param span when it was measured: what a run does before and after isn't part of the value
 */
public record Sample(double value, String outcome, Span span) {

  /** Of what another process has measured. */
  public Sample(double value, String outcome) {
    this(value, outcome, Span.ELSEWHERE);
  }

  /** Of a time in milliseconds. */
  public Sample(Span span, String outcome) {
    this(span.millis(), outcome, span);
  }

  /** The same with another value. */
  public Sample withValue(double other) {
    return new Sample(other, outcome, span);
  }

  /** The same with another outcome. */
  public Sample withOutcome(String other) {
    return new Sample(value, other, span);
  }
}
