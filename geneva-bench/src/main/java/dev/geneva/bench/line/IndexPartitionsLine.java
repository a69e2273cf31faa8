package dev.geneva.bench.line;

import dev.geneva.bench.IndexPartitionsBench;
import dev.geneva.bench.Workload;
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

/** A function that is called for each partition of a vector index. */
final class IndexPartitionsLine implements Line {

  private static final int PARTITIONS = 64;
  private static final String READ = "Geneva: read the table into memory";

  @Override
  public String name() {
    return "index-partitions";
  }

  @Override
  public String title() {
    return "Partitions of a vector index";
  }

  @Override
  public String what() {
    return "A whole refresh that computes the length of each vector of 64 float32, with a call for"
        + " each of the "
        + PARTITIONS
        + " partitions of an IVF index.";
  }

  @Override
  public Unit unit() {
    return Unit.MILLISECONDS;
  }

  @Override
  public List<Target> targets() {
    String label = of(100_000).label();
    return List.of(
        new Target.Faster(
            "≥ 25 × the original's",
            new Figure(label, Names.REFRESH),
            new Figure(label, Names.ORIGINAL),
            25));
  }

  @Override
  public List<Case> cases(Suite suite) {
    return switch (suite) {
      case QUICK -> List.of(of(10_000));
      case LINES -> List.of(of(100_000));
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
      database
          .create(Workload.VECTORS.rows(which.size(), database.allocator()))
          .createIvfFlatIndex("vec", PARTITIONS);
      return new OpenTrial(
          List.of(
              new Side(
                  Names.REFRESH,
                  () -> withoutLengths(database.refresh(new IndexPartitionsBench.Lengths()))),
              new Side(READ, () -> read(database)),
              new Side(
                  Names.ORIGINAL,
                  () -> withoutLengths(database.original(setting.opponents(), "LENGTHS", 0)))),
          database);
    } catch (Exception e) {
      database.close();
      throw e;
    }
  }

  /** Floats are summed up in another order by numpy, so that the lengths' last bits differ. */
  private static Sample withoutLengths(Sample sample) {
    return sample.withOutcome(sample.outcome().replaceAll(" length=.*", ""));
  }

  private static Sample read(Database database) {
    long begin = System.nanoTime();
    try (VectorSchemaRoot rows = database.connection().openTable("source").search().toArrow()) {
      Span span = Span.since(begin);
      return new Sample(span, Checksum.of(rows).replaceAll(" vec=.*", ""));
    }
  }
}
