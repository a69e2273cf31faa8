package dev.geneva.bench;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** The functions whose refreshes are measured. */
public final class StreamedTransform {

  private StreamedTransform() {}

  /** The function that computes a workload. */
  public static BatchUdtf of(Workload workload) {
    return switch (workload) {
      case NARROW -> new Narrow();
      case WIDE -> new Wide();
      case VECTORS_8 -> new Vectors8();
      case VECTORS_32 -> new Vectors32();
      case VECTORS_512 -> new Vectors512();
      case VECTORS_1024 -> new Vectors1024();
      case VECTORS -> throw new IllegalArgumentException("There is no function for " + workload);
    };
  }

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

  /** {@link Workload#VECTORS_8} as a function. */
  @Udtf(outputSchema = "schema")
  public record Vectors8() implements BatchUdtf {
    static Schema schema() {
      return Workload.VECTORS_8.output();
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      stream(Workload.VECTORS_8, source, out);
    }
  }

  /** {@link Workload#VECTORS_32} as a function. */
  @Udtf(outputSchema = "schema")
  public record Vectors32() implements BatchUdtf {
    static Schema schema() {
      return Workload.VECTORS_32.output();
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      stream(Workload.VECTORS_32, source, out);
    }
  }

  /** {@link Workload#VECTORS_512} as a function. */
  @Udtf(outputSchema = "schema")
  public record Vectors512() implements BatchUdtf {
    static Schema schema() {
      return Workload.VECTORS_512.output();
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      stream(Workload.VECTORS_512, source, out);
    }
  }

  /** {@link Workload#VECTORS_1024} as a function. */
  @Udtf(outputSchema = "schema")
  public record Vectors1024() implements BatchUdtf {
    static Schema schema() {
      return Workload.VECTORS_1024.output();
    }

    @Override
    public void process(UdtfSource source, BatchCollector out) throws Exception {
      stream(Workload.VECTORS_1024, source, out);
    }
  }
}
