package dev.geneva;

import dev.geneva.udtf.Resources;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
 * @param scans scans of the source that gather rows for tasks
 * @param streamed partitions that are too large for memory, so that each read of theirs is a scan
 * @param workers calls that run at a time
 * @param reasons why the figures are what they are, for people; each figure has one
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
    int scans,
    int streamed,
    int workers,
    Map<Figure, String> reasons,
    Resources resources,
    List<String> warnings) {

  /** What a plan gives a reason for. */
  public enum Figure {
    /** How the source is split. */
    MODE,
    /** How many partitions there are, and how many of them run. */
    PARTITIONS,
    /** How many rows are read. */
    ROWS,
    /** What they take in memory. */
    BYTES,
    /** How many tasks there are. */
    TASKS,
    /** How often the source is scanned for them. */
    SCANS,
    /** How many calls run at a time. */
    WORKERS,
    /** What a call may use. */
    RESOURCES
  }

  /** Copies the collections. */
  public RefreshPlan {
    reasons = Map.copyOf(reasons);
    warnings = List.copyOf(warnings);
  }

  /** Why a figure is what it is, for people. */
  public String reason(Figure figure) {
    return reasons.getOrDefault(figure, "");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(1024);
    line(text, "Refresh of", view + (upToDate ? ": up to date" : ": would run"));
    line(text, "  reason", reason);
    line(text, "  source", source + " at version " + sourceVersion);
    line(text, "  query", query);
    line(text, "  udtf", udtf);
    line(text, "  mode", mode.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    because(text, Figure.MODE);
    if (!upToDate) {
      line(
          text,
          "  rows",
          String.format(Locale.ROOT, "%,d", rows)
              + (bytes == 0 ? "" : String.format(Locale.ROOT, " (about %,d bytes)", bytes)));
      because(text, Figure.ROWS);
      because(text, Figure.BYTES);
      line(text, "  work", work());
      because(text, Figure.PARTITIONS);
      because(text, Figure.TASKS);
      because(text, Figure.SCANS);
      line(text, "  workers", String.format(Locale.ROOT, "%,d at a time", workers));
      because(text, Figure.WORKERS);
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
    because(text, Figure.RESOURCES);
    for (String warning : warnings) {
      line(text, "  warning", warning);
    }
    return text.toString().stripTrailing();
  }

  private String work() {
    String work = count(partitionsToRun, "partition") + " in " + count(tasks, "task");
    if (scans > 0) {
      work += ", read in " + count(scans, "scan");
    }
    if (streamed > 0 && mode != ExecutionMode.SINGLE_WORKER) {
      work += ", " + streamed + " streamed";
    }
    return partitionsToRun == partitionsTotal
        ? work
        : work + ", " + count(partitionsTotal - partitionsToRun, "other") + " done already";
  }

  private void because(StringBuilder text, Figure figure) {
    line(text, "", "- " + figure.name().toLowerCase(Locale.ROOT) + ": " + reason(figure));
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append(String.format(Locale.ROOT, "%-12s%s%n", label, value));
  }

  private static String count(int number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
