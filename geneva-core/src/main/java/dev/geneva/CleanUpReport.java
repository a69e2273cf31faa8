package dev.geneva;

/**
 * What a clean-up deleted, or would.
 *
 * @param dryRun whether nothing was deleted
 * @param versions versions of the view, with the files that only they named
 * @param files data files that no version names
 * @param bytes of these files
 * @param records log records and other small files that nobody needs
 * @param filesKept data files that no version names either, but that a refresh may still need: one
 *     that was interrupted and can be taken up, or one that seems dead but may yet commit
 */
public record CleanUpReport(
    boolean dryRun, long versions, int files, long bytes, int records, int filesKept) {}
