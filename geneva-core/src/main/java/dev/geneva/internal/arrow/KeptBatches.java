package dev.geneva.internal.arrow;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;

/** Batches of a reader, which itself only ever shows one. Used by one thread. */
public final class KeptBatches implements AutoCloseable {

  private final BufferAllocator allocator;
  private final List<VectorSchemaRoot> batches = new ArrayList<>();
  private int rows;

  /** None yet. */
  public KeptBatches(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** Takes a batch over, which is empty then, up to the reader's next one. */
  public void add(VectorSchemaRoot batch) {
    if (batch.getRowCount() == 0) {
      return;
    }
    List<Field> fields = new ArrayList<>();
    List<FieldVector> vectors = new ArrayList<>();
    for (FieldVector vector : batch.getFieldVectors()) {
      var transfer = vector.getTransferPair(vector.getField(), allocator);
      transfer.transfer();
      fields.add(vector.getField());
      vectors.add((FieldVector) transfer.getTo());
    }
    batches.add(new VectorSchemaRoot(fields, vectors, batch.getRowCount()));
    rows += batch.getRowCount();
  }

  /** The batches. They remain this object's to close. */
  public List<VectorSchemaRoot> batches() {
    return batches;
  }

  /** Rows of all batches. */
  public int rows() {
    return rows;
  }

  /**
   * Moves rows into a root.
   *
   * @param order numbers of rows, counted through all batches
   * @param count how many of them
   * @param columns of the batches: their places
   * @param target whose first columns are these
   */
  public void gather(int[] order, int count, int columns, VectorSchemaRoot target) {
    int[] starts = new int[batches.size() + 1];
    for (int i = 0; i < batches.size(); i++) {
      starts[i + 1] = starts[i] + batches.get(i).getRowCount();
    }
    int[] batchOf = new int[count];
    int[] rowOf = new int[count];
    for (int i = 0; i < count; i++) {
      int found = java.util.Arrays.binarySearch(starts, order[i]);
      batchOf[i] = found >= 0 ? found : -found - 2;
      rowOf[i] = order[i] - starts[batchOf[i]];
    }
    List<VectorSchemaRoot> narrow = new ArrayList<>();
    for (VectorSchemaRoot batch : batches) {
      List<FieldVector> vectors = batch.getFieldVectors().subList(0, columns);
      narrow.add(
          new VectorSchemaRoot(
              batch.getSchema().getFields().subList(0, columns), vectors, batch.getRowCount()));
    }
    try (VectorSchemaRoot gathered = Gather.rows(narrow, batchOf, rowOf, count, allocator)) {
      for (int i = 0; i < columns; i++) {
        gathered.getVector(i).makeTransferPair(target.getVector(i)).transfer();
      }
    }
  }

  @Override
  public void close() {
    batches.forEach(VectorSchemaRoot::close);
  }
}
