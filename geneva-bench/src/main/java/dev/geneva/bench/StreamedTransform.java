package dev.geneva.bench;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** The functions whose refreshes are measured. */
final class StreamedTransform {

  private StreamedTransform() {}

  private static void stream(Workload workload, UdtfSource source, BatchCollector out)
      throws Exception {
    try (ArrowReader rows = source.toBatches(Workload.BATCH);
        VectorSchemaRoot result = VectorSchemaRoot.create(workload.output(), source.allocator())) {
      while (rows.loadNextBatch()) {
        workload.transform(rows.getVectorSchemaRoot(), result);
        out.collect(result);
      }
    }
  }

  /** {@link Workload#NARROW} as a function. */
  @Udtf(outputSchema = "schema")
  public record Narrow() implements BatchUdtf {
    static Schema schema() {
      return Workload.NARROW.output();
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      stream(Workload.NARROW, source, out);
    }
  }

  /** {@link Workload#WIDE} as a function. */
  @Udtf(outputSchema = "schema")
  public record Wide() implements BatchUdtf {
    static Schema schema() {
      return Workload.WIDE.output();
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      stream(Workload.WIDE, source, out);
    }
  }
}
