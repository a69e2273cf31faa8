package dev.geneva.internal.plan;

import dev.geneva.RefreshPlan.Figure;
import dev.geneva.internal.partition.Assignment;
import dev.geneva.internal.plan.FinishedGroup.Origin;
import dev.geneva.udtf.Partitioning;
import dev.geneva.udtf.UdtfDescriptor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says why a plan's figures are what they are. */
final class Reasons {

  private Reasons() {}

  /** For a function that sees all rows at once. */
  static Map<Figure, String> singleWorker(EarlierWork there) {
    Map<Figure, String> reasons = new EnumMap<>(Figure.class);
    reasons.put(Figure.MODE, "the function declares no partitions, so one call sees all rows");
    reasons.put(Figure.PARTITIONS, "the whole query is one; " + kept(there));
    reasons.put(Figure.ROWS, "all that the query gives");
    reasons.put(Figure.BYTES, "not estimated, as the call decides how much of it is in memory");
    reasons.put(Figure.TASKS, "one call is one task");
    reasons.put(Figure.SCANS, "none beforehand: each time that the function reads is a scan");
    return reasons;
  }

  /**
   * For a partitioned function.
   *
   * @param there what needn't be computed again
   */
  static Map<Figure, String> partitioned(
      UdtfDescriptor<?> udtf,
      Assignment assignment,
      EarlierWork there,
      RowWidth width,
      TaskCutter cutter,
      List<Pass> passes) {
    Map<Figure, String> reasons = new EnumMap<>(Figure.class);
    int streamed = (int) passes.stream().filter(Pass::streamed).count();
    reasons.put(Figure.MODE, "the function declares " + declaration(udtf.partitioning()));
    reasons.put(Figure.PARTITIONS, kind(udtf.partitioning()) + "; " + kept(there));
    reasons.put(Figure.ROWS, rows(assignment, there.finishedOrdinals().size()));
    reasons.put(
        Figure.BYTES,
        String.format(Locale.ROOT, "about %,d a row, %s", width.bytes(), width.reason()));
    reasons.put(Figure.TASKS, cutter.reasonForTasks());
    reasons.put(
        Figure.SCANS,
        cutter.reasonForScans(passes, streamed) + byIds(passes, assignment, width.bytes()));
    return reasons;
  }

  /** Which of the scans don't read the columns of all rows. */
  private static String byIds(List<Pass> passes, Assignment assignment, long bytesPerRow) {
    long all = assignment.ordinals().count();
    long few =
        passes.stream()
            .filter(pass -> FewRows.idsAtATime(pass.rows(), all, () -> bytesPerRow).isPresent())
            .count();
    if (few == 0) {
      return "";
    }
    String which = few == passes.size() ? "each" : String.format(Locale.ROOT, "%,d of them", few);
    return String.format(
        Locale.ROOT,
        "; %s is for less than 1 %% of the query's %,d rows, so it reads row ids only, and then just these rows by their ids",
        which,
        all);
  }

  /** What becomes of output that is there already. */
  private static String kept(EarlierWork there) {
    List<String> kept = new ArrayList<>();
    int inView = there.finishedPartitions(Origin.VIEW);
    if (inView > 0) {
      kept.add(String.format(Locale.ROOT, "the output of %,d is in the view and is kept", inView));
    }
    int resumed = there.finishedPartitions(Origin.INTERRUPTED_REFRESH);
    if (resumed > 0) {
      kept.add(
          String.format(Locale.ROOT, "an interrupted refresh has left the output of %,d", resumed));
    }
    if (!there.begun().isEmpty()) {
      kept.add(String.format(Locale.ROOT, "and a part of that of %,d", there.begun().size()));
    }
    return kept.isEmpty() ? "the output of none can be kept" : String.join("; ", kept);
  }

  private static String declaration(Partitioning partitioning) {
    if (partitioning instanceof Partitioning.ByColumn by) {
      return "partitionBy = \"" + by.column() + "\"";
    }
    return partitioning instanceof Partitioning.ByIndexedColumn by
        ? "partitionByIndexedColumn = \"" + by.column() + "\""
        : "nothing";
  }

  private static String kind(Partitioning partitioning) {
    if (partitioning instanceof Partitioning.ByColumn by) {
      return "each distinct value of '" + by.column() + "' is one";
    }
    return partitioning instanceof Partitioning.ByIndexedColumn by
        ? "each partition of the index on '" + by.column() + "' that has rows is one"
        : "";
  }

  private static String rows(Assignment assignment, int done) {
    long placed = assignment.rows().stream().mapToLong(Long::longValue).sum();
    long leftOut = assignment.ordinals().count() - placed;
    String rows =
        done == 0 ? "all that the query gives" : "those of the partitions that have to run";
    if (leftOut > 0) {
      rows += String.format(Locale.ROOT, ", without %,d that the index doesn't cover", leftOut);
    } else if (assignment.uncovered() > 0) {
      rows +=
          String.format(
              Locale.ROOT, ", with %,d that the index doesn't cover", assignment.uncovered());
    }
    return rows;
  }
}
