package dev.geneva.examples.aggregation;

import dev.geneva.udtf.ArrowRecord;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.Text;
import org.jspecify.annotations.Nullable;

/**
 * The function form: a static method, for which the annotation processor makes a factory, here
 * {@code StatisticsUdtfs.groupStats()}.
 *
 * <pre>mvn -q -B -ntp -Pdemo -pl geneva-examples -am package -Dexample=GroupStatsFunction</pre>
 */
// tag::class[]
public final class Statistics {

  /** The output, as Arrow says it. */
  // tag::schema[]
  static final Schema GROUPS =
      new Schema(
          List.of(
              Field.nullable("label", ArrowType.Utf8.INSTANCE),
              Field.nullable("count", new ArrowType.Int(64, true)),
              Field.nullable(
                  "mean_score", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE))));

  // end::schema[]

  /** What is read of a row. */
  // tag::scored[]
  @ArrowRecord
  record Scored(@Nullable String label, @Nullable Double score) {}

  // end::scored[]

  private Statistics() {}

  /** Does what {@link GroupStats} does with the columns {@code label} and {@code score}. */
  @Udtf(outputSchema = "GROUPS")
  public static void groupStats(UdtfSource source, BatchCollector out) {
    Map<String, ScoreMean> groups = new TreeMap<>();
    // tag::records[]
    try (Stream<Scored> rows = source.records(Scored.class)) {
      rows.filter(row -> row.label() != null)
          .forEach(
              row ->
                  groups
                      .computeIfAbsent(row.label(), label -> new ScoreMean())
                      .add(row.score() == null ? Double.NaN : row.score()));
    }
    // end::records[]
    // tag::root[]
    try (VectorSchemaRoot batch = VectorSchemaRoot.create(GROUPS, source.allocator())) {
      VarCharVector labels = (VarCharVector) batch.getVector("label");
      BigIntVector counts = (BigIntVector) batch.getVector("count");
      Float8Vector means = (Float8Vector) batch.getVector("mean_score");
      int row = 0;
      for (Map.Entry<String, ScoreMean> group : groups.entrySet()) {
        labels.setSafe(row, new Text(group.getKey()));
        counts.setSafe(row, group.getValue().rows());
        Double mean = group.getValue().mean();
        if (mean != null) {
          means.setSafe(row, mean);
        }
        row++;
      }
      batch.setRowCount(row);
      out.collect(batch);
    }
    // end::root[]
  }
}
// end::class[]
