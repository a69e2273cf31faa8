package dev.geneva.internal.run;

import dev.geneva.udtf.Backoff;
import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.ErrorPolicy;
import dev.geneva.udtf.ErrorRule;
import dev.geneva.udtf.PartitionKey;
import dev.geneva.udtf.UdtfSource;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** What tests let {@link ScriptedUdtf} do. */
final class Scripts {

  /** Tries again at once. */
  static final ErrorRule RETRY =
      ErrorRule.retry().withBackoff(Backoff.FIXED, Duration.ZERO, Duration.ZERO, false);

  private Scripts() {}

  static List<PartitionResult> partitions(TaskResult result) {
    return result.groups().stream().flatMap(group -> group.partitions().stream()).toList();
  }

  static void play(ErrorPolicy policy, BatchUdtf script) {
    ScriptedUdtf.play(policy, script);
  }

  static ErrorPolicy policy(ErrorRule... rules) {
    return new ErrorPolicy(Stream.of(rules).toList());
  }

  static long key(UdtfSource source) {
    PartitionKey.Value key = (PartitionKey.Value) source.partition().orElseThrow();
    return ((Integer) key.value()).longValue();
  }

  /** Ten rows in two batches: the partition's own. */
  static void yieldTen(UdtfSource source, BatchCollector out) {
    long begin = key(source) * 10;
    for (int i = 0; i < 2; i++) {
      try (VectorSchemaRoot batch = RunFixture.batch(source.allocator(), begin + i * 5L, 5)) {
        out.collect(batch);
      }
    }
  }

  static void yieldRows(BatchCollector out, long begin, int rows, UdtfSource source) {
    for (int row = 0; row < rows; row += 10_000) {
      try (VectorSchemaRoot batch =
          RunFixture.batch(source.allocator(), begin + row, Math.min(10_000, rows - row))) {
        out.collect(batch);
      }
    }
  }

  static void yieldWithoutName(UdtfSource source, BatchCollector out) {
    try (VectorSchemaRoot batch = RunFixture.batch(source.allocator(), 0, 5)) {
      VectorSchemaRoot ids =
          new VectorSchemaRoot(
              new Schema(batch.getSchema().getFields().subList(0, 1)),
              batch.getFieldVectors().subList(0, 1),
              5);
      out.collect(ids);
    }
  }
}
