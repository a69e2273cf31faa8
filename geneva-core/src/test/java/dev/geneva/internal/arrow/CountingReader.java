package dev.geneva.internal.arrow;

import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Another reader, of which a test changes something. Counts how often it is closed. */
class CountingReader extends ForwardingReader {

  private int closed;

  CountingReader(ArrowReader rows, BufferAllocator allocator) {
    super(rows, allocator);
  }

  int closed() {
    return closed;
  }

  @Override
  public void close(boolean closeReadSource) throws IOException {
    closed++;
    super.close(closeReadSource);
  }
}
