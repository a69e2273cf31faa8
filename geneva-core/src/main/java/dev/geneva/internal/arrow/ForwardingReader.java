package dev.geneva.internal.arrow;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A reader that hands on what another one reads. Subclasses say what differs. */
public abstract class ForwardingReader extends ArrowReader {

  private final ArrowReader rows;

  /**
   * Hands on a reader's rows.
   *
   * @param rows closed by {@link #close}, unless a subclass says otherwise
   */
  protected ForwardingReader(ArrowReader rows, BufferAllocator allocator) {
    super(allocator);
    this.rows = rows;
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
    return rows.loadNextBatch();
  }

  @Override
  public long bytesRead() {
    return rows.bytesRead();
  }

  @Override
  public void close(boolean closeReadSource) throws IOException {
    rows.close();
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() throws IOException {
    return getVectorSchemaRoot().getSchema();
  }
}
