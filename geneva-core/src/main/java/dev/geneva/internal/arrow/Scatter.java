package dev.geneva.internal.arrow;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rows of batches into one root, each at its place. Where all values of a column have the
 * same width they go there at once; what they have else is kept and gathered at the end. Used by
 * one thread.
 */
public final class Scatter implements AutoCloseable {

  private final Schema schema;
  private final int rows;
  private final BufferAllocator allocator;
  private final List<Column> columns = new ArrayList<>();
  private final boolean keeps;

  /** For what is kept: the batch of each row of the result, and its row in there. */
  private int[] batchOf = new int[0];

  private int[] rowOf = new int[0];
  private int batches;

  /**
   * Allocates memory for the result.
   *
   * @param rows how many there will be
   * @param allocator owns the result; remains the caller's
   */
  public Scatter(Schema schema, int rows, BufferAllocator allocator) {
    this.schema = schema;
    this.rows = rows;
    this.allocator = allocator;
    try {
      for (Field field : schema.getFields()) {
        columns.add(column(field));
      }
    } catch (Throwable e) {
      close();
      throw e;
    }
    keeps = columns.stream().anyMatch(Kept.class::isInstance);
    if (keeps) {
      batchOf = new int[rows];
      rowOf = new int[rows];
    }
  }

  /**
   * Takes rows.
   *
   * @param batch remains the caller's
   * @param from rows of the batch
   * @param to their places in the result
   * @param count how many of both arrays' elements count
   */
  public void add(VectorSchemaRoot batch, int[] from, int[] to, int count) {
    if (count == 0) {
      return;
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).add(batch.getVector(i), from, to, count);
    }
    for (int i = 0; keeps && i < count; i++) {
      batchOf[to[i]] = batches;
      rowOf[to[i]] = i;
    }
    batches++;
  }

  /**
   * The result.
   *
   * @return a root that the caller closes
   */
  public VectorSchemaRoot finish() {
    List<FieldVector> vectors = new ArrayList<>();
    try {
      for (Column column : columns) {
        vectors.add(column.finish());
      }
      return new VectorSchemaRoot(schema.getFields(), vectors, rows);
    } catch (Throwable e) {
      vectors.forEach(FieldVector::close);
      throw e;
    }
  }

  /** Releases what {@link #finish} didn't hand over. */
  @Override
  public void close() {
    columns.forEach(Column::close);
  }

  private Column column(Field field) {
    FieldVector vector = field.createVector(allocator);
    if (vector instanceof BaseFixedWidthVector values && !(vector instanceof BitVector)) {
      return new Placed(vector, values, 1);
    }
    if (vector instanceof FixedSizeListVector list
        && list.getDataVector() instanceof BaseFixedWidthVector values
        && !(values instanceof BitVector)) {
      return new Placed(vector, values, list.getListSize());
    }
    vector.close();
    return new Kept(field);
  }

  /** One column's share of the work. */
  private sealed interface Column extends AutoCloseable {
    void add(FieldVector source, int[] from, int[] to, int count);

    FieldVector finish();

    @Override
    void close();
  }

  /** Values of one width, or lists of equally many of them. */
  private final class Placed implements Column {
    private @Nullable FieldVector vector;
    private final BaseFixedWidthVector values;
    private final int perRow;
    private final int width;

    Placed(FieldVector vector, BaseFixedWidthVector values, int perRow) {
      this.vector = vector;
      this.values = values;
      this.perRow = perRow;
      this.width = values.getTypeWidth() * perRow;
      int count = Math.multiplyExact(rows, perRow);
      // Loaded instead of allocated: that would fill with zeros what is filled with rows anyway. A
      // validity buffer that is missing is made, with no nulls.
      try (ArrowBuf data = allocator.buffer((long) count * values.getTypeWidth())) {
        data.writerIndex(data.capacity());
        values.loadFieldBuffers(new ArrowFieldNode(count, 0), List.of(allocator.getEmpty(), data));
        if (vector != values) {
          vector.loadFieldBuffers(new ArrowFieldNode(rows, 0), List.of(allocator.getEmpty()));
        }
      } catch (Throwable e) {
        vector.close();
        throw e;
      }
    }

    @Override
    public void add(FieldVector source, int[] from, int[] to, int count) {
      FieldVector sourceValues =
          source instanceof FixedSizeListVector list ? list.getDataVector() : source;
      copy(sourceValues.getDataBuffer(), values.getDataBuffer(), from, to, count);
      if (sourceValues.getNullCount() > 0) {
        for (int i = 0; i < count; i++) {
          for (int j = 0; j < perRow; j++) {
            if (sourceValues.isNull(from[i] * perRow + j)) {
              BitVectorHelper.unsetBit(values.getValidityBuffer(), to[i] * perRow + j);
            }
          }
        }
      }
      if (sourceValues != source && source.getNullCount() > 0) {
        for (int i = 0; i < count; i++) {
          if (source.isNull(from[i])) {
            BitVectorHelper.unsetBit(target().getValidityBuffer(), to[i]);
          }
        }
      }
    }

    private void copy(ArrowBuf source, ArrowBuf target, int[] from, int[] to, int count) {
      switch (width) {
        case 8 -> {
          for (int i = 0; i < count; i++) {
            target.setLong(to[i] * 8L, source.getLong(from[i] * 8L));
          }
        }
        case 4 -> {
          for (int i = 0; i < count; i++) {
            target.setInt(to[i] * 4L, source.getInt(from[i] * 4L));
          }
        }
        default -> {
          for (int i = 0; i < count; i++) {
            target.setBytes((long) to[i] * width, source, (long) from[i] * width, width);
          }
        }
      }
    }

    @Override
    public FieldVector finish() {
      FieldVector finished = target();
      values.setValueCount(rows * perRow);
      finished.setValueCount(rows);
      vector = null;
      return finished;
    }

    private FieldVector target() {
      if (vector == null) {
        throw new IllegalStateException("finished already");
      }
      return vector;
    }

    @Override
    public void close() {
      if (vector != null) {
        vector.close();
      }
    }
  }

  /** Values whose places depend on those before them: the rows that were picked of each batch. */
  private final class Kept implements Column {
    private final Field field;
    private final List<VectorSchemaRoot> picked = new ArrayList<>();

    Kept(Field field) {
      this.field = field;
    }

    @Override
    public void add(FieldVector source, int[] from, int[] to, int count) {
      picked.add(
          Gather.rows(
              List.of(VectorSchemaRoot.of(source)), new int[count], from, count, allocator));
    }

    @Override
    public FieldVector finish() {
      FieldVector gathered =
          picked.isEmpty()
              ? field.createVector(allocator)
              : Gather.rows(picked, batchOf, rowOf, rows, allocator).getVector(0);
      close();
      return gathered;
    }

    @Override
    public void close() {
      picked.forEach(VectorSchemaRoot::close);
      picked.clear();
    }
  }
}
