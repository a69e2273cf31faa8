package dev.geneva.internal.run;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A function's reader: counts rows, stops when asked to, and knows whether it was closed. */
final class TaskReader extends ArrowReader {

  private final ArrowReader rows;
  private final Workplace workplace;
  private boolean closed;
  private long rowsRead;

  TaskReader(ArrowReader rows, Workplace workplace, BufferAllocator allocator) {
    super(allocator);
    this.rows = rows;
    this.workplace = workplace;
  }

  boolean isClosed() {
    return closed;
  }

  long rowsRead() {
    return rowsRead;
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
    return rows.getVectorSchemaRoot();
  }

  @Override
  public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
    return rows.getDictionaryVectors();
  }

  @Override
  public Dictionary lookup(long id) {
    return rows.lookup(id);
  }

  @Override
  public Set<Long> getDictionaryIds() {
    return rows.getDictionaryIds();
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    workplace.cancellation().check();
    if (!rows.loadNextBatch()) {
      return false;
    }
    int count = rows.getVectorSchemaRoot().getRowCount();
    rowsRead += count;
    workplace.counters().read(count);
    return true;
  }

  @Override
  public long bytesRead() {
    return rows.bytesRead();
  }

  @Override
  public void close(boolean closeReadSource) throws IOException {
    closed = true;
    rows.close();
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() throws IOException {
    return rows.getVectorSchemaRoot().getSchema();
  }
}
