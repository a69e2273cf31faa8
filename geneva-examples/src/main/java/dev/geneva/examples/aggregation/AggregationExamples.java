package dev.geneva.examples.aggregation;

import dev.geneva.Column;
import dev.geneva.Connection;
import dev.geneva.Query;
import dev.geneva.RefreshReport;
import dev.geneva.Table;
import dev.geneva.UdtfView;
import dev.geneva.examples.aggregation.ClassNames.ClassName;
import dev.geneva.examples.aggregation.GlobalAggregation.Summary;
import dev.geneva.examples.aggregation.GroupStats.Group;
import dev.geneva.examples.aggregation.SizeRanks.Ranked;
import dev.geneva.udtf.BatchUdtf;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the examples of this package over the class files of the JDK. */
public final class AggregationExamples {

  private static final int SHOWN = 12;

  private AggregationExamples() {}

  /** {@link GroupStats}: how many class files has each module, and how large are they? */
  public static void groupStats(Connection connection, PrintStream out) throws IOException {
    groupStats(connection, new GroupStats("label"), out);
  }

  /** {@link Statistics}: the same question to a static method. */
  public static void groupStatsFunction(Connection connection, PrintStream out) throws IOException {
    // tag::function-form[]
    BatchUdtf groupStats = StatisticsUdtfs.groupStats();
    // end::function-form[]
    groupStats(connection, groupStats, out);
  }

  private static void groupStats(Connection connection, BatchUdtf udtf, PrintStream out)
      throws IOException {
    Table files = createTable(connection, out);
    UdtfView modules = connection.createUdtfView("modules", labelled(files), udtf);
    print(modules.refresh(), out);
    try (Stream<Group> groups = modules.search().records(Group.class)) {
      out.printf("%n  %-26s %8s %12s%n", "module", "files", "mean bytes");
      groups
          .sorted(Comparator.comparingLong(Group::count).reversed())
          .limit(SHOWN)
          .forEach(
              group ->
                  out.printf(
                      "  %-26s %,8d %,12.0f%n",
                      group.label(),
                      group.count(),
                      Objects.requireNonNullElse(group.meanScore(), Double.NaN)));
    }
    out.printf("  and %,d more%n", Math.max(0, modules.countRows() - SHOWN));
  }

  /** {@link GlobalAggregation}: all class files in one row. */
  public static void globalAggregation(Connection connection, PrintStream out) throws IOException {
    Table files = createTable(connection, out);
    UdtfView summary =
        connection.createUdtfView("summary", labelled(files), new GlobalAggregation());
    print(summary.refresh(), out);
    Summary all = records(summary.search(), Summary.class).get(0);
    out.printf(
        "%n  %,d class files with %,.0f bytes: the smallest has %,.0f, half have up to %,.0f, the"
            + " largest has %,.0f%n",
        all.count(), all.sum(), all.smallest(), all.median(), all.largest());
  }

  /** {@link ClassNames}, streaming: which packages have the most classes? */
  public static void classNames(Connection connection, PrintStream out) throws IOException {
    Table files = createTable(connection, out);
    UdtfView classes = connection.createUdtfView("classes", files.search(), new ClassNames());
    print(classes.refresh(), out);
    Map<String, Long> counts =
        records(classes.search(), ClassName.class).stream()
            .collect(Collectors.groupingBy(ClassName::packageName, Collectors.counting()));
    long nested = classes.search().where("nested").countRows();
    out.printf(
        "%n  %,d classes in %,d packages, %.0f %% of them nested in others; the largest:%n",
        classes.countRows(), counts.size(), 100.0 * nested / classes.countRows());
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SHOWN)
        .forEach(each -> out.printf("  %,8d  %s%n", each.getValue(), each.getKey()));
  }

  /** {@link SizeRanks}, bulk: how much of the JDK is in its largest classes? */
  public static void sizeRanks(Connection connection, PrintStream out) throws IOException {
    Table files = createTable(connection, out);
    UdtfView ranks = connection.createUdtfView("ranks", files.search(), new SizeRanks());
    print(ranks.refresh(), out);
    List<Ranked> ranked = records(ranks.search(), Ranked.class);
    Map<Long, ClassFile> byId =
        records(files.search(), ClassFile.class).stream()
            .collect(Collectors.toMap(ClassFile::rowId, Function.identity()));
    out.println();
    for (int percent : new int[] {1, 10, 50}) {
      Ranked last = ranked.get(Math.max(1, ranked.size() * percent / 100) - 1);
      out.printf(
          "  the largest %2d %% of the classes have %.0f %% of the bytes%n",
          percent, 100 * last.cumulativeShare());
    }
    for (Ranked each : ranked.subList(0, Math.min(SHOWN, ranked.size()))) {
      ClassFile file = Objects.requireNonNull(byId.get(each.rowId()));
      out.printf("  %3d. %,10d  %s%n", each.rank(), file.bytes(), file.path());
    }
  }

  private static Table createTable(Connection connection, PrintStream out) throws IOException {
    Table files = connection.createTable("class_files", ClassFile.class, ClassFile.ofJdk());
    out.printf(
        "  table  class_files: %,d class files of JDK %s%n",
        files.countRows(), Runtime.version().feature());
    return files;
  }

  /** The columns under the names by which the functions know them. */
  private static Query labelled(Table files) {
    // tag::labelled[]
    return files
        .search()
        .select(Column.of("label", "module"), Column.of("score", "CAST(bytes AS DOUBLE)"));
    // end::labelled[]
  }

  private static <R extends Record> List<R> records(Query query, Class<R> type) {
    try (Stream<R> records = query.records(type)) {
      return records.toList();
    }
  }

  private static void print(RefreshReport report, PrintStream out) {
    out.printf(
        "  view   %s: %,d rows read, %,d written; batches: %,d%n",
        report.status(), report.rowsRead(), report.rowsWritten(), report.batchesWritten());
  }
}
