package dev.geneva.examples;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.GenevaException;
import dev.geneva.examples.aggregation.AggregationExamples;
import dev.geneva.examples.clustering.ClusteringExample;
import dev.geneva.examples.edges.EdgeExamples;
import dev.geneva.examples.flags.FlagDemo;
import dev.geneva.examples.flags.Terminal;
import dev.geneva.examples.scratch.TemporaryFolder;
import dev.geneva.examples.tutorial.Tutorial;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts an example: the first argument is its name, the others are its own. Each but the flag
 * demo, which keeps its database for the user to look at, gets a new database, which is deleted at
 * the end.
 *
 * <p>The JVM must be started with {@code --add-opens=java.base/java.nio=ALL-UNNAMED}, which Arrow
 * needs.
 */
public final class Examples {

  private static final String FLAG_DEMO = "FlagDemo";

  private static final Map<String, Example> EXAMPLES =
      new TreeMap<>(
          Map.of(
              "GroupStats", AggregationExamples::groupStats,
              "GroupStatsFunction", AggregationExamples::groupStatsFunction,
              "GlobalAggregation", AggregationExamples::globalAggregation,
              "ClassNames", AggregationExamples::classNames,
              "SizeRanks", AggregationExamples::sizeRanks,
              "KMeansClustering", ClusteringExample::kMeans,
              "EdgeDetection", EdgeExamples::edgeDetection,
              "IndexPartitionedEdgeDetection", EdgeExamples::indexPartitioned,
              "Tutorial", Tutorial::run));

  private Examples() {}

  /**
   * Runs an example and ends the JVM: with 0, with 1 if it failed, with 2 if there is none such.
   */
  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    if (arguments.length > 0 && arguments[0].equals(FLAG_DEMO)) {
      FlagDemo.main(Arrays.copyOfRange(arguments, 1, arguments.length));
      return;
    }
    int exitCode;
    try (PrintStream out = Terminal.out()) {
      exitCode = run(arguments, out);
    }
    System.exit(exitCode);
  }

  /**
   * Runs an example.
   *
   * @param arguments its name; these examples take no others
   * @param out takes everything, errors too
   * @return the exit code
   */
  static int run(String[] arguments, PrintStream out) {
    Example example = arguments.length == 1 ? EXAMPLES.get(arguments[0]) : null;
    if (example == null) {
      out.printf(
          "error: %s%n       The examples are %s and %s.%n",
          arguments.length > 1 && EXAMPLES.containsKey(arguments[0])
              ? "the example " + arguments[0] + " takes no arguments, but there is " + arguments[1]
              : "there is no example called '" + String.join(" ", arguments) + "'",
          String.join(", ", EXAMPLES.keySet()),
          FLAG_DEMO);
      return 2;
    }
    out.println(arguments[0]);
    try {
      try (TemporaryFolder database = TemporaryFolder.create("geneva-example-");
          Connection connection = Geneva.connect(database.path().toString())) {
        example.run(connection, out);
      }
      return 0;
    } catch (GenevaException | IOException | UncheckedIOException e) {
      out.println("error: " + e.getMessage());
      return 1;
    }
  }

  /** Creates its tables and views in an empty database, and says what came of it. */
  @FunctionalInterface
  private interface Example {
    void run(Connection connection, PrintStream out) throws IOException;
  }
}
