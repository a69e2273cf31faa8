package dev.geneva.query;

import dev.geneva.udtf.BatchCollector;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.Udtf;
import dev.geneva.udtf.UdtfSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Yields the rows that it sees, as text. */
@Udtf(output = Shown.class)
record Show() implements BatchUdtf {
  @Override
  public void process(UdtfSource source, BatchCollector out) throws Exception {
    show(source, out);
  }

  static void show(UdtfSource source, BatchCollector out) throws Exception {
    List<Shown> rows = new ArrayList<>();
    try (ArrowReader reader = source.toBatches(7)) {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        for (int row = 0; row < root.getRowCount(); row++) {
          rows.add(new Shown(OddRow.read(root, row).toString()));
        }
      }
    }
    out.collectRecords(rows);
  }
}
