package dev.geneva.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geneva.Connection;
import dev.geneva.Geneva;
import dev.geneva.VectorIndex;
import dev.geneva.VectorMetric;
import dev.geneva.internal.lance.IvfAssignments;
import dev.geneva.internal.lance.NearestPartition;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where rows go that the index doesn't cover: where its own optimize puts them. */
class UncoveredRowsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "float32, L2, 8", "float32, L2, 37", "float32, COSINE, 8", "float32, COSINE, 37",
    "float32, DOT, 8", "float32, DOT, 37", "float64, L2, 8", "float64, L2, 21",
    "float64, COSINE, 8", "float64, DOT, 21", "float16, L2, 8", "float16, L2, 40",
    "float16, COSINE, 8", "float16, DOT, 8", "uint8, HAMMING, 8", "uint8, HAMMING, 77"
  })
  void goToTheNearestPartitionAsOptimizeWouldPutThem(
      String element, VectorMetric metric, int dimension) {
    for (boolean odd : new boolean[] {false, true}) {
      if (odd && element.equals("uint8")) {
        continue;
      }
      Vectors vectors = Vectors.of(element, dimension);
      try (VectorTable table =
          new VectorTable(folder.resolve("db" + odd), odd ? vectors.withOdd() : vectors)) {
        table.write(0, 1200);
        create(table, VectorIndex.ivfFlat("vec").metric(metric).partitions(6).build());
        table.write(1200, 2000);
        VectorTable.State before = table.read();
        // A part of its own for the new rows: nothing is split or joined.
        table.optimize(0);
        VectorTable.State after = table.read();
        var wrong = new TreeMap<Long, String>();
        after
            .assigned()
            .forEach(
                (id, ordinal) -> {
                  int predicted = before.predicted().get(id);
                  int expected =
                      ordinal == IvfAssignments.UNCOVERED ? NearestPartition.UNINDEXABLE : ordinal;
                  if (predicted != expected) {
                    wrong.put(
                        id, "cloud " + id % 19 + " predicted " + predicted + " is " + expected);
                  }
                });
        assertThat(wrong).as("odd " + odd).isEmpty();
      }
    }
  }

  private static void create(VectorTable table, VectorIndex index) {
    try (Connection connection = Geneva.connect(table.database().toString())) {
      connection.openTable("t").createIndex(index);
    }
  }
}
