package dev.geneva.bench.line;

import dev.geneva.bench.PartitionsBench;
import dev.geneva.bench.suite.Case;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.Numbers;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Side;
import dev.geneva.bench.suite.Suite;
import dev.geneva.bench.suite.Target;
import dev.geneva.bench.suite.Trial;
import dev.geneva.bench.suite.Unit;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Statistics of a few groups of many rows, beside a database that is made for it. */
final class AggregationLine implements Line {

  private static final int GROUPS = 100;

  @Override
  public String name() {
    return "aggregation";
  }

  @Override
  public String title() {
    return "Aggregation";
  }

  @Override
  public String what() {
    return "Count and sum of 1,000,000 rows in "
        + GROUPS
        + " groups, from a Lance table into another one: with a call for each group, and in one"
        + " call that sees all rows.";
  }

  @Override
  public Unit unit() {
    return Unit.MILLISECONDS;
  }

  @Override
  public List<Target> targets() {
    return List.of();
  }

  @Override
  public List<Case> cases(Suite suite) {
    return switch (suite) {
      case QUICK -> List.of(of(100_000));
      case LINES -> List.of(of(1_000_000));
      case GROWTH, GUARD -> List.of();
    };
  }

  private static Case of(int rows) {
    return new Case(Numbers.of((long) rows) + " rows", rows);
  }

  @Override
  public Trial open(Case which, Setting setting) throws Exception {
    Database database = new Database(false);
    try {
      try (VectorSchemaRoot root =
          PartitionsBench.rows((int) which.size(), GROUPS, database.allocator())) {
        database.create(root);
      }
      List<Side> sides = new ArrayList<>();
      sides.add(
          new Side(
              Names.REFRESH + ", a call for each group",
              () -> database.refresh(new PartitionsBench.SumByKey())));
      sides.add(
          new Side(
              Names.REFRESH + ", one call", () -> database.refresh(new Sums.InOneCall(GROUPS))));
      sides.add(
          new Side(
              SmallPartitionsLine.BY_HAND,
              () ->
                  database.write(
                      target ->
                          Sums.byHand(
                              GROUPS, database.sourcePath(), target, database.allocator()))));
      sides.add(
          new Side(
              Names.DUCKDB,
              () ->
                  database.write(
                      target -> 1e3 * setting.opponents().group(database.sourcePath(), target))));
      sides.add(new Side(Names.ORIGINAL, () -> database.original(setting.opponents(), "SUMS", 0)));
      return new OpenTrial(sides, database);
    } catch (Exception e) {
      database.close();
      throw e;
    }
  }
}
