package dev.geneva.internal.store;

/**
 * A file as a listing shows it.
 *
 * @param name without its folder
 * @param size in bytes
 * @param revision differs from that of every other file that ever had the same path
 */
public record StoredFile(String name, long size, String revision) {}
