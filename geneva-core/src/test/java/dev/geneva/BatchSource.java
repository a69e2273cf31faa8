package dev.geneva;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A reader over lists of rows, which may fail instead of giving a batch. */
final class BatchSource extends ArrowReader {

  /** A batch's rows, or an error. */
  interface Batch {
    List<? extends List<?>> rows() throws IOException;
  }

  private final Schema schema;
  private final Iterator<Batch> batches;
  private boolean closed;

  BatchSource(BufferAllocator allocator, Schema schema, Batch... batches) {
    super(allocator);
    this.schema = schema;
    this.batches = List.of(batches).iterator();
  }

  /** Items as a batch. */
  static Batch items(long from, long to) {
    return () -> Item.range(from, to).stream().map(Rows::row).toList();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    if (!batches.hasNext()) {
      return false;
    }
    Rows.fill(getVectorSchemaRoot(), batches.next().rows());
    return true;
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {
    closed = true;
  }

  @Override
  protected Schema readSchema() {
    return schema;
  }
}
