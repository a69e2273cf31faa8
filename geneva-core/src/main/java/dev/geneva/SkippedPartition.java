package dev.geneva;

/**
 * A partition that the error policy left out; the next refresh tries it again.
 *
 * @param key the partition, for people
 * @param attempts how often it was called
 * @param cause class and message of what the function threw
 */
public record SkippedPartition(String key, int attempts, String cause) {}
