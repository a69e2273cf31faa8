package dev.geneva.internal.lance;

import java.util.List;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;

/** Reads which rows there are, without any column. */
final class LiveRows {

  private static final int BATCH_ROWS = 8192;

  private LiveRows() {}

  /** Receives a row. */
  interface RowSink {
    /**
     * Takes a row.
     *
     * @param rowId equal to the address, unless row ids are stable
     * @param address the fragment in the upper half, the position in the lower
     */
    void accept(long rowId, long address);
  }

  /** Reads the live rows of fragments, which must exist. */
  static void of(Dataset dataset, List<Integer> fragments, RowSink sink) throws Exception {
    if (fragments.isEmpty()) {
      return; // Lance takes no fragments for all of them
    }
    ScanOptions options =
        new ScanOptions.Builder()
            .columns(List.of())
            .withRowId(true)
            .withRowAddress(true)
            .fragmentIds(fragments)
            .batchSize(BATCH_ROWS)
            .build();
    try (LanceScanner scanner = LanceScanner.create(dataset, options, dataset.allocator());
        ArrowReader reader = scanner.scanBatches()) {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        UInt8Vector ids = (UInt8Vector) root.getVector("_rowid");
        UInt8Vector addresses = (UInt8Vector) root.getVector("_rowaddr");
        for (int i = 0; i < root.getRowCount(); i++) {
          sink.accept(ids.get(i), addresses.get(i));
        }
      }
    }
  }
}
