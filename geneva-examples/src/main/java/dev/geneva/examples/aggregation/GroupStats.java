package dev.geneva.examples.aggregation;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of each group and takes the mean of their scores. Rows without a label belong to
 * no group. A row without a score counts, but has no part in the mean; NaN is no score.
 *
 * <pre>mvn -q -B -ntp -Pdemo -pl geneva-examples -am package -Dexample=GroupStats</pre>
 *
 * @param groupBy the column of text whose equal values form a group; scores are in {@code score}
 */
// tag::class[]
@Udtf(output = GroupStats.Group.class)
public record GroupStats(String groupBy) implements BatchUdtf {

  /**
   * What is said of a group. Groups come in the order of their labels.
   *
   * @param label the rows' common value
   * @param count the rows, those without a score included
   * @param meanScore the mean of the scores; null if there is none
   */
  public record Group(String label, long count, @Nullable Double meanScore) {}

  @Override
  public void process(UdtfSource source, BatchCollector out) throws IOException {
    Map<String, ScoreMean> groups = new TreeMap<>();
    try (ArrowReader reader = source.toBatches(8192)) {
      while (reader.loadNextBatch()) {
        add(reader.getVectorSchemaRoot(), groups);
      }
    }
    out.collectRecords(
        groups.entrySet().stream()
            .map(each -> new Group(each.getKey(), each.getValue().rows(), each.getValue().mean()))
            .toList());
  }

  private void add(VectorSchemaRoot batch, Map<String, ScoreMean> groups) {
    VarCharVector labels = Columns.require(batch, groupBy, VarCharVector.class);
    Float8Vector scores = Columns.require(batch, "score", Float8Vector.class);
    for (int row = 0; row < batch.getRowCount(); row++) {
      if (!labels.isNull(row)) {
        groups
            .computeIfAbsent(labels.getObject(row).toString(), label -> new ScoreMean())
            .add(scores.isNull(row) ? Double.NaN : scores.get(row));
      }
    }
  }
}
// end::class[]
