package dev.geneva.internal.query;

import dev.geneva.internal.lance.Computation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Gives a stream the columns of a query's result: adds what is computed, leaves out what only that
 * needed, and cuts batches to size.
 */
final class ShapedReader extends ArrowReader {

  private final ArrowReader rows;
  private final List<OutputColumn> outputs;
  private final Optional<Computation> computation;
  private final int batchSize;
  private final VectorSchemaRoot root;
  private @Nullable VectorSchemaRoot computed;
  private int position;
  private int available;
  private boolean closed;

  /**
   * Shapes.
   *
   * @param rows taken over; it has the columns that outputs and computation need
   * @param computation if there are computed outputs
   */
  ShapedReader(
      ArrowReader rows,
      List<OutputColumn> outputs,
      Optional<Computation> computation,
      int batchSize,
      BufferAllocator allocator) {
    super(allocator);
    this.rows = rows;
    this.outputs = outputs;
    this.computation = computation;
    this.batchSize = batchSize;
    this.root =
        VectorSchemaRoot.create(
            new Schema(outputs.stream().map(OutputColumn::field).toList()), allocator);
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    if (closed) {
      throw new IllegalStateException("The reader is closed.");
    }
    root.clear();
    while (position == available) {
      releaseComputed();
      if (!rows.loadNextBatch()) {
        return false;
      }
      position = 0;
      available = rows.getVectorSchemaRoot().getRowCount();
      if (computation.isPresent() && available > 0) {
        computed = computation.get().compute(rows.getVectorSchemaRoot(), allocator);
      }
    }
    int count = Math.min(batchSize, available - position);
    for (int i = 0; i < outputs.size(); i++) {
      source(outputs.get(i)).makeTransferPair(root.getVector(i)).splitAndTransfer(position, count);
    }
    root.setRowCount(count);
    position += count;
    return true;
  }

  private FieldVector source(OutputColumn output) throws IOException {
    VectorSchemaRoot from = rows.getVectorSchemaRoot();
    if (output.path().isPresent()) {
      return from.getVector(output.path().get());
    }
    VectorSchemaRoot results = computed;
    if (results == null) {
      throw new IllegalStateException("Not computed: " + output.name());
    }
    return results.getVector(output.name());
  }

  private void releaseComputed() {
    if (computed != null) {
      computed.close();
      computed = null;
    }
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() {
    return root;
  }

  @Override
  public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
    return rows.getDictionaryVectors();
  }

  @Override
  public @Nullable Dictionary lookup(long id) {
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

  @Override
  public void close(boolean closeReadSource) throws IOException {
    if (!closed) {
      closed = true;
      releaseComputed();
      root.close();
      rows.close();
    }
  }

  @Override
  protected void closeReadSource() {}

  @Override
  protected Schema readSchema() {
    return root.getSchema();
  }
}
