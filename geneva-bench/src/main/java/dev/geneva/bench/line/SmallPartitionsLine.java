package dev.geneva.bench.line;

import dev.geneva.bench.PartitionsBench;
import dev.geneva.bench.suite.Case;
import dev.geneva.bench.suite.Figure;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.Numbers;
import dev.geneva.bench.suite.Sample;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Side;
import dev.geneva.bench.suite.Suite;
import dev.geneva.bench.suite.Target;
import dev.geneva.bench.suite.Trial;
import dev.geneva.bench.suite.Unit;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/** What a partition costs when it is small. */
final class SmallPartitionsLine implements Line {

  static final int ROWS = 100_000;
  static final String BY_HAND = "by hand: scan, arrays, write";

  @Override
  public String name() {
    return "small-partitions";
  }

  @Override
  public String title() {
    return "Small partitions";
  }

  @Override
  public String what() {
    return "A whole refresh that counts and sums up 100,000 rows by key, with a call for each key;"
        + " divided by the number of keys.";
  }

  @Override
  public Unit unit() {
    return Unit.MICROSECONDS;
  }

  @Override
  public List<Target> targets() {
    Figure tenThousand = new Figure(label(10_000), Names.REFRESH);
    Figure hundredThousand = new Figure(label(100_000), Names.REFRESH);
    return List.of(
        new Target.AtMost("≤ 25 µs each at 10,000", tenThousand, 25, unit()),
        new Target.AtMost("no worse at 100,000", hundredThousand, 25, unit()),
        new Target.Faster(
            "≥ 400 × the original, which is measured at 1,000",
            tenThousand,
            new Figure(label(1_000), Names.ORIGINAL),
            400));
  }

  @Override
  public List<Target> guards() {
    String label = label(10_000);
    return List.of(
        new Target.AtMostTimes(
            "≤ 150 × what it takes by hand",
            new Figure(label, Names.REFRESH),
            new Figure(label, BY_HAND),
            150));
  }

  @Override
  public List<Case> cases(Suite suite) {
    return switch (suite) {
      case QUICK -> cases(100, 10_000);
      case LINES -> cases(1_000, 10_000, 100_000);
      case GUARD -> cases(10_000);
      case GROWTH -> List.of();
    };
  }

  private static List<Case> cases(int... partitions) {
    return java.util.stream.IntStream.of(partitions)
        .mapToObj(count -> new Case(label(count), count))
        .toList();
  }

  private static String label(int partitions) {
    return Numbers.of((long) partitions) + " partitions";
  }

  @Override
  public Trial open(Case which, Setting setting) throws Exception {
    return open(ROWS, (int) which.size(), 1e3 / which.size(), setting);
  }

  /**
   * All that can sum up by key.
   *
   * @param scale makes a value of milliseconds
   */
  static Trial open(int rows, int partitions, double scale, Setting setting) throws Exception {
    Database database = new Database(false);
    try {
      try (VectorSchemaRoot root = PartitionsBench.rows(rows, partitions, database.allocator())) {
        database.create(root);
      }
      return new OpenTrial(
          List.of(
              scaled(Names.REFRESH, scale, () -> database.refresh(new PartitionsBench.SumByKey())),
              scaled(
                  BY_HAND,
                  scale,
                  () ->
                      database.write(
                          target ->
                              Sums.byHand(
                                  partitions,
                                  database.sourcePath(),
                                  target,
                                  database.allocator()))),
              scaled(
                  Names.DUCKDB,
                  scale,
                  () ->
                      database.write(
                          target ->
                              1e3 * setting.opponents().group(database.sourcePath(), target))),
              scaled(
                  Names.ORIGINAL, scale, () -> database.original(setting.opponents(), "SUMS", 0))),
          database);
    } catch (Exception e) {
      database.close();
      throw e;
    }
  }

  private static Side scaled(String name, double scale, Side.Action action) {
    return new Side(
        name,
        () -> {
          Sample sample = action.run();
          return sample.withValue(sample.value() * scale);
        });
  }
}
