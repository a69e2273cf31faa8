package dev.geneva.bench.line;

import dev.geneva.Relation;
import dev.geneva.UdtfView;
import dev.geneva.bench.PartitionsBench;
import dev.geneva.bench.suite.Case;
import dev.geneva.bench.suite.Figure;
import dev.geneva.bench.suite.Line;
import dev.geneva.bench.suite.Numbers;
import dev.geneva.bench.suite.Sample;
import dev.geneva.bench.suite.Setting;
import dev.geneva.bench.suite.Side;
import dev.geneva.bench.suite.Span;
import dev.geneva.bench.suite.Suite;
import dev.geneva.bench.suite.Target;
import dev.geneva.bench.suite.Trial;
import dev.geneva.bench.suite.Unit;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;

/** What it costs to read a view that was made in many small pieces. */
final class ViewReadLine implements Line {

  private static final String VIEW = "read the view";
  private static final String TABLE = "read a table of the same rows";

  @Override
  public String name() {
    return "view-read";
  }

  @Override
  public String title() {
    return "Reading a view of small partitions";
  }

  @Override
  public String what() {
    return "All rows of a view with a row for each partition, read into memory.";
  }

  @Override
  public Unit unit() {
    return Unit.MILLISECONDS;
  }

  @Override
  public List<Target> targets() {
    String label = of(10_000).label();
    return List.of(
        new Target.AtMostTimes(
            "what reading a table costs (≤ 1.25 ×)",
            new Figure(label, VIEW),
            new Figure(label, TABLE),
            1.25));
  }

  @Override
  public List<Case> cases(Suite suite) {
    return switch (suite) {
      case QUICK -> List.of(of(100));
      case LINES -> List.of(of(10_000), of(100_000));
      case GROWTH, GUARD -> List.of();
    };
  }

  private static Case of(int partitions) {
    return new Case(Numbers.of((long) partitions) + " partitions", partitions);
  }

  /** A read is short, and the first ones are slow. */
  @Override
  public int warmUps(Suite suite) {
    return 10 * suite.warmUps();
  }

  @Override
  public int runs(Suite suite) {
    return 5 * suite.runs();
  }

  @Override
  public Trial open(Case which, Setting setting) throws Exception {
    Database database = new Database(false);
    try {
      int partitions = (int) which.size();
      try (VectorSchemaRoot root =
          PartitionsBench.rows(100_000, partitions, database.allocator())) {
        database.create(root);
      }
      UdtfView view =
          database
              .connection()
              .createUdtfView(
                  "view",
                  database.connection().openTable("source").search(),
                  new PartitionsBench.SumByKey());
      view.refresh();
      Relation table;
      try (VectorSchemaRoot rows = view.search().toArrow()) {
        table = database.connection().createTable("same", rows);
      }
      return new OpenTrial(
          List.of(new Side(VIEW, () -> read(view)), new Side(TABLE, () -> read(table))), database);
    } catch (Exception e) {
      database.close();
      throw e;
    }
  }

  private static Sample read(Relation relation) {
    long begin = System.nanoTime();
    try (VectorSchemaRoot rows = relation.search().toArrow()) {
      return new Sample(Span.since(begin), rows.getRowCount() + " rows");
    }
  }
}
