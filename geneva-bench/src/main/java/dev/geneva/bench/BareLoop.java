package dev.geneva.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.CommitBuilder;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.Transaction;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;
import org.lance.operation.Overwrite;

/**
 * The limit: the same transform by Lance alone, with one scan piped into one write and one commit.
 */
public final class BareLoop {

  private BareLoop() {}

  /**
   * Runs it once.
   *
   * @param sync whether the data files are forced to disk, as a refresh does by default
   * @return rows written
   */
  public static long run(
      Workload workload, Path source, Path target, boolean sync, BufferAllocator allocator)
      throws Exception {
    List<FragmentMetadata> fragments;
    try (Dataset dataset = Dataset.open().allocator(allocator).uri(source.toString()).build();
        LanceScanner scanner =
            dataset.newScan(new ScanOptions.Builder().batchSize(Workload.BATCH).build());
        Transformed rows = new Transformed(workload, scanner.scanBatches(), allocator);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, rows, stream);
      fragments =
          Fragment.write()
              .datasetUri(target.toString())
              .allocator(allocator)
              .data(stream)
              .execute();
    }
    if (sync) {
      force(target.resolve("data"));
    }
    try (Transaction transaction =
            new Transaction.Builder()
                .readVersion(0)
                .operation(
                    Overwrite.builder().fragments(fragments).schema(workload.output()).build())
                .build();
        Dataset written = new CommitBuilder(target.toString(), allocator).execute(transaction)) {
      return written.countRows();
    }
  }

  private static void force(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
  }

  private static final class Transformed extends ArrowReader {
    private final Workload workload;
    private final ArrowReader source;
    private boolean closed;

    Transformed(Workload workload, ArrowReader source, BufferAllocator allocator) {
      super(allocator);
      this.workload = workload;
      this.source = source;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      VectorSchemaRoot out = getVectorSchemaRoot();
      if (!source.loadNextBatch()) {
        out.clear();
        return false;
      }
      workload.transform(source.getVectorSchemaRoot(), out);
      return true;
    }

    @Override
    public long bytesRead() {
      return source.bytesRead();
    }

    @Override
    protected void closeReadSource() throws IOException {
      // The write closes its reader, and Lance's own can't be closed twice.
      if (!closed) {
        closed = true;
        source.close();
      }
    }

    @Override
    protected Schema readSchema() {
      return workload.output();
    }
  }
}
