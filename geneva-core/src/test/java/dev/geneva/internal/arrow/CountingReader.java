package dev.geneva.internal.arrow;

import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Another reader, of which a test changes something. Counts how often it is closed. */
class CountingReader extends ArrowReader {

  private final ArrowReader rows;
  private int closed;

  CountingReader(ArrowReader rows, BufferAllocator allocator) {
    super(allocator);
    this.rows = rows;
  }

  int closed() {
    return closed;
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
    return rows.getVectorSchemaRoot();
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    return rows.loadNextBatch();
  }

  @Override
  public long bytesRead() {
    return rows.bytesRead();
  }

  @Override
  public void close(boolean closeReadSource) throws IOException {
    closed++;
    rows.close();
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() throws IOException {
    return rows.getVectorSchemaRoot().getSchema();
  }
}
