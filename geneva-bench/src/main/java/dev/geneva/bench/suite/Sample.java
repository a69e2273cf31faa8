package dev.geneva.bench.suite;

/**
 * One run of a side.
 *
 * @param value in the line's unit
 * @param outcome what came out of it; the same for all sides of a case, or the value doesn't count
 */
public record Sample(double value, String outcome) {}
