package dev.geneva.internal.lance;

import dev.geneva.internal.arrow.ForwardingReader;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * The next rows of a stream, as many as one data file holds. Lance would begin the next file by
 * itself, but if the stream then fails, nobody knows the names of the files that were finished.
 */
final class FileRows extends ForwardingReader {

  /** As Lance has it; the last batch may pass it. */
  private static final long ROWS = 1 << 20;

  private long left = ROWS;
  private boolean ended;

  /**
   * Reads on where the stream is.
   *
   * @param rows remains the caller's to close
   */
  FileRows(ArrowReader rows, BufferAllocator allocator) {
    super(rows, allocator);
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
    if (!super.loadNextBatch()) {
      ended = true;
      return false;
    }
    left -= getVectorSchemaRoot().getRowCount();
    return true;
  }

  /** Native code closes what it was given; the stream is needed for the next file. */
  @Override
  public void close(boolean closeReadSource) {}
}
