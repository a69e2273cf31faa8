package dev.geneva.ray.it;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Gives back what it gets, each label's rows in a call. */
@Udtf(output = Item.class, partitionBy = "label")
public record Copy(int batch) implements BatchUdtf {

  @Override
  public void process(UdtfSource source, BatchCollector out) throws Exception {
    try (ArrowReader rows = source.toBatches(batch)) {
      while (rows.loadNextBatch()) {
        out.collect(rows.getVectorSchemaRoot());
      }
    }
  }
}
