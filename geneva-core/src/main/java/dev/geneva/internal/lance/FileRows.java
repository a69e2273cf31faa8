package dev.geneva.internal.lance;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The next rows of a stream, as many as one data file holds. Lance would begin the next file by
 * itself, but if the stream then fails, nobody knows the names of the files that were finished.
 */
final class FileRows extends ArrowReader {

  /** As Lance has it; the last batch may pass it. */
  private static final long ROWS = 1 << 20;

  private final ArrowReader rows;
  private long left = ROWS;
  private boolean ended;

  /**
   * Reads on where the stream is.
   *
   * @param rows remains the caller's to close
   */
  FileRows(ArrowReader rows, BufferAllocator allocator) {
    super(allocator);
    this.rows = rows;
  }

  /** Whether the stream has ended, as far as is known. */
  boolean ended() {
    return ended;
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    if (left <= 0) {
      return false;
    }
    if (!rows.loadNextBatch()) {
      ended = true;
      return false;
    }
    left -= rows.getVectorSchemaRoot().getRowCount();
    return true;
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
  public long bytesRead() {
    return rows.bytesRead();
  }

  /** Native code closes what it was given; the stream is needed for the next file. */
  @Override
  public void close(boolean closeReadSource) {}

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() throws IOException {
    return rows.getVectorSchemaRoot().getSchema();
  }
}
