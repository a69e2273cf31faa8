package dev.geneva.examples.aggregation;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * Sums up a whole table in one row. The median needs all scores at once, so this loads them all.
 *
 * <pre>mvn -q -B -ntp -Pdemo -pl geneva-examples -am package -Dexample=GlobalAggregation</pre>
 */
// tag::class[]
@Udtf(output = GlobalAggregation.Summary.class, inputColumns = "score", memory = "1 GiB")
public record GlobalAggregation() implements BatchUdtf {

  /**
   * The one row. What there is none of is null.
   *
   * @param count the rows, those without a score included
   * @param scored the rows with a score
   * @param sum of the scores
   * @param smallest score
   * @param median of the scores; of two in the middle their mean
   * @param largest score
   */
  public record Summary(
      long count,
      long scored,
      double sum,
      @Nullable Double smallest,
      @Nullable Double median,
      @Nullable Double largest) {}

  @Override
  public void process(UdtfSource source, BatchCollector out) {
    double[] scores;
    int rows;
    // tag::bulk[]
    try (VectorSchemaRoot all = source.toArrow()) {
      Float8Vector column = Columns.require(all, "score", Float8Vector.class);
      rows = all.getRowCount();
      scores =
          IntStream.range(0, rows)
              .filter(row -> !column.isNull(row))
              .mapToDouble(column::get)
              .sorted()
              .toArray();
    }
    // end::bulk[]
    out.collectRecords(List.of(summary(rows, scores)));
  }

  private static Summary summary(int rows, double[] sorted) {
    int n = sorted.length;
    if (n == 0) {
      return new Summary(rows, 0, 0, null, null, null);
    }
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return new Summary(rows, n, Arrays.stream(sorted).sum(), sorted[0], median, sorted[n - 1]);
  }
}
// end::class[]
