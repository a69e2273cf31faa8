package dev.geneva.internal.arrow;

import dev.geneva.udtf.ArrowRecordConverter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Records as a stream of batches. */
public final class RecordBatches<R extends Record> extends ArrowReader {

  /** Rows of a batch: enough to work column by column, little enough for wide records. */
  public static final int ROWS = 4096;

  private final ArrowRecordConverter<R> converter;
  private final Iterator<? extends R> records;

  /** Reads from an iterable's start. */
  public RecordBatches(
      ArrowRecordConverter<R> converter, Iterable<? extends R> records, BufferAllocator allocator) {
    super(allocator);
    this.converter = converter;
    this.records = records.iterator();
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    List<R> chunk = chunk(records);
    VectorSchemaRoot root = getVectorSchemaRoot();
    if (chunk.isEmpty()) {
      root.clear();
      return false;
    }
    converter.write(chunk, root);
    return true;
  }

  /** The next records, at most {@link #ROWS}; none at the end. */
  public static <R> List<R> chunk(Iterator<? extends R> records) {
    List<R> chunk = new ArrayList<>();
    while (chunk.size() < ROWS && records.hasNext()) {
      chunk.add(records.next());
    }
    return chunk;
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() {
    return converter.schema();
  }
}
