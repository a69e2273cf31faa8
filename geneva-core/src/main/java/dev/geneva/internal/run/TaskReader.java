package dev.geneva.internal.run;

import dev.geneva.internal.arrow.ForwardingReader;
import java.io.IOException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;

/** A function's reader: counts rows, stops when asked to, and knows whether it was closed. */
final class TaskReader extends ForwardingReader {

  private final AttemptWatch.Attempt call;
  private final Workplace workplace;
  private boolean closed;
  private long rowsRead;

  TaskReader(
      ArrowReader rows, AttemptWatch.Attempt call, Workplace workplace, BufferAllocator allocator) {
    super(rows, allocator);
    this.call = call;
    this.workplace = workplace;
  }

  boolean isClosed() {
    return closed;
  }

  long rowsRead() {
    return rowsRead;
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    call.check();
    if (!super.loadNextBatch()) {
      return false;
    }
    int count = getVectorSchemaRoot().getRowCount();
    rowsRead += count;
    workplace.counters().read(count);
    return true;
  }

  @Override
  public void close(boolean closeReadSource) throws IOException {
    closed = true;
    super.close(closeReadSource);
  }
}
