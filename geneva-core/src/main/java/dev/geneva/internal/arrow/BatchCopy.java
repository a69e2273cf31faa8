package dev.geneva.internal.arrow;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/** Takes a batch's content over, whatever its columns' types. */
public final class BatchCopy {

  private static final int ALIGNMENT = 64;

  private BatchCopy() {}

  /** Shares the batch's buffers: for a batch that nobody changes in place. */
  public static ArrowRecordBatch share(VectorSchemaRoot batch) {
    return new VectorUnloader(batch).getRecordBatch();
  }

  /**
   * Copies the batch's buffers, into one allocation.
   *
   * @param allocator owns the copy
   * @return a batch that the caller closes
   */
  public static ArrowRecordBatch copy(VectorSchemaRoot batch, BufferAllocator allocator) {
    try (ArrowRecordBatch shared = share(batch)) {
      List<ArrowBuf> buffers = shared.getBuffers();
      long size = 0;
      for (ArrowBuf buffer : buffers) {
        size += aligned(buffer.readableBytes());
      }
      List<ArrowBuf> copies = new ArrayList<>(buffers.size());
      try (ArrowBuf slab = allocator.buffer(size)) {
        long offset = 0;
        for (ArrowBuf buffer : buffers) {
          long length = buffer.readableBytes();
          slab.setBytes(offset, buffer, buffer.readerIndex(), length);
          copies.add(slab.slice(offset, length).writerIndex(length));
          offset += aligned(length);
        }
        // The batch retains each slice, which keeps the slab after it is closed here.
        return new ArrowRecordBatch(
            shared.getLength(),
            shared.getNodes(),
            copies,
            shared.getBodyCompression(),
            shared.getVariadicBufferCounts(),
            true);
      }
    }
  }

  private static long aligned(long size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
