package dev.geneva.bench.suite;

/**
 * The median of a side in a case.
 *
 * @param label the case's
 * @param side the side's name
 */
public record Figure(String label, String side) {}
