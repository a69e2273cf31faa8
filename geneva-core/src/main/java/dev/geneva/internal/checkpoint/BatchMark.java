package dev.geneva.internal.checkpoint;

/**
 * What is remembered of a batch that a function yielded, to tell whether it yields the same again.
 *
 * @param hash of the content, from {@link dev.geneva.internal.arrow.BatchHash}
 * @param rows its rows, possibly none
 */
public record BatchMark(int hash, int rows) {}
