package dev.geneva;

import dev.geneva.udtf.Resources;
import java.util.List;
import java.util.Locale;

/**
 * What a refresh would do now. {@link #toString} shows it as {@code EXPLAIN} would.
 *
 * @param view the view's name
 * @param upToDate whether nothing would run
 * @param reason why it would run, or why not
 * @param mode how the source is split
 * @param source the source's name
 * @param sourceVersion the version of the source that would be read
 * @param query the query, for people
 * @param udtf the function's name and version
 * @param rows rows that would be read
 * @param bytes what they take in memory, about; 0 if all are read by one call
 * @param partitionsTotal partitions of the source
 * @param partitionsToRun partitions for which the function would be called; the others' output is
 *     there already
 * @param tasks runs of partitions that a worker executes in one go
 * @param resources what a call asks for
 * @param warnings what the user should know
 */
public record RefreshPlan(
    String view,
    boolean upToDate,
    String reason,
    ExecutionMode mode,
    String source,
    long sourceVersion,
    String query,
    String udtf,
    long rows,
    long bytes,
    int partitionsTotal,
    int partitionsToRun,
    int tasks,
    Resources resources,
    List<String> warnings) {

  /** Copies the list. */
  public RefreshPlan {
    warnings = List.copyOf(warnings);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(256);
    line(text, "Refresh of", view + (upToDate ? ": up to date" : ": would run"));
    line(text, "  reason", reason);
    line(text, "  source", source + " at version " + sourceVersion);
    line(text, "  query", query);
    line(text, "  udtf", udtf);
    line(text, "  mode", mode.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    if (!upToDate) {
      line(
          text,
          "  rows",
          String.format(Locale.ROOT, "%,d", rows)
              + (bytes == 0 ? "" : String.format(Locale.ROOT, " (about %,d bytes)", bytes)));
      line(
          text,
          "  work",
          count(partitionsToRun, "partition")
              + " in "
              + count(tasks, "task")
              + (partitionsToRun == partitionsTotal
                  ? ""
                  : ", " + count(partitionsTotal - partitionsToRun, "other") + " done already"));
    }
    line(
        text,
        "  per call",
        "cpus="
            + resources.numCpus()
            + " gpus="
            + resources.numGpus()
            + " memory="
            + (resources.memoryBytes().isPresent()
                ? resources.memoryBytes().getAsLong() + " bytes"
                : "not limited"));
    for (String warning : warnings) {
      line(text, "  warning", warning);
    }
    return text.toString().stripTrailing();
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append(String.format(Locale.ROOT, "%-12s%s%n", label, value));
  }

  private static String count(int number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
