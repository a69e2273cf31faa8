package dev.geneva.bench.suite;

/**
 * One size at which a line is measured.
 *
 * @param label says what it is
 * @param size its place on the axis of a plot
 */
public record Case(String label, long size) {}
