package dev.geneva.internal.arrow;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Copies chosen rows of batches into one new batch, in a given order. Memory is copied as it lies
 * where a column's layout allows, else value by value.
 */
public final class Gather {

  private Gather() {}

  /**
   * Gathers rows.
   *
   * @param batches of equal columns; remain the caller's
   * @param batchOf the batch of each row of the result
   * @param rowOf its row in that batch
   * @param rows how many of both arrays' elements count
   * @return a root that the caller closes
   */
  public static VectorSchemaRoot rows(
      List<VectorSchemaRoot> batches,
      int[] batchOf,
      int[] rowOf,
      int rows,
      BufferAllocator allocator) {
    List<FieldVector> gathered = new ArrayList<>();
    try {
      List<Field> fields = batches.get(0).getSchema().getFields();
      for (int column = 0; column < fields.size(); column++) {
        FieldVector[] sources = new FieldVector[batches.size()];
        for (int i = 0; i < sources.length; i++) {
          sources[i] = batches.get(i).getVector(column);
        }
        FieldVector target = fields.get(column).createVector(allocator);
        gathered.add(target);
        new Column(sources, batchOf, rowOf, rows).copyInto(target);
        target.setValueCount(rows);
      }
      return new VectorSchemaRoot(fields, gathered, rows);
    } catch (Throwable e) {
      gathered.forEach(FieldVector::close);
      throw e;
    }
  }

  /** Where the values of one column come from. */
  private record Column(FieldVector[] sources, int[] batchOf, int[] rowOf, int rows) {

    void copyInto(FieldVector target) {
      if (target instanceof BaseFixedWidthVector fixed && !(target instanceof BitVector)) {
        fixed.allocateNew(rows);
        copyMemory(target.getDataBuffer(), fixed.getTypeWidth(), false);
        copyValidity(target);
      } else if (target instanceof BaseVariableWidthVector variable) {
        copyVariable(variable);
      } else if (isFlat(target)) {
        FixedSizeListVector list = (FixedSizeListVector) target;
        FieldVector values = list.getDataVector();
        list.setInitialCapacity(rows);
        list.allocateNew();
        ((BaseFixedWidthVector) values).allocateNew(rows * list.getListSize());
        int width = ((BaseFixedWidthVector) values).getTypeWidth() * list.getListSize();
        copyMemory(values.getDataBuffer(), width, true);
        setAllValid(values.getValidityBuffer(), rows * list.getListSize());
        copyValidity(target);
      } else if (target instanceof FixedSizeListVector list) {
        list.setInitialCapacity(rows);
        list.allocateNew();
        copyItems(list);
        copyValidity(target);
      } else if (target instanceof ListVector list) {
        list.setInitialCapacity(rows);
        list.allocateNew();
        copyItems(list);
        copyValidity(target);
        list.setLastSet(rows - 1);
      } else if (target instanceof StructVector struct) {
        struct.setInitialCapacity(rows);
        struct.allocateNew();
        copyFields(struct);
        copyValidity(target);
      } else if (!(target instanceof NullVector)) { // which has nothing to copy
        target.setInitialCapacity(rows);
        target.allocateNew();
        for (int i = 0; i < rows; i++) {
          target.copyFromSafe(rowOf[i], i, sources[batchOf[i]]);
        }
      }
    }

    private void copyFields(StructVector target) {
      for (int field = 0; field < target.size(); field++) {
        FieldVector[] fields = new FieldVector[sources.length];
        for (int i = 0; i < fields.length; i++) {
          fields[i] = (FieldVector) ((StructVector) sources[i]).getChildByOrdinal(field);
        }
        FieldVector child = (FieldVector) target.getChildByOrdinal(field);
        new Column(fields, batchOf, rowOf, rows).copyInto(child);
        child.setValueCount(rows);
      }
    }

    private void copyItems(FixedSizeListVector target) {
      int size = target.getListSize();
      Items items = new Items(Math.multiplyExact(rows, size));
      for (int i = 0; i < rows; i++) {
        items.add(batchOf[i], rowOf[i] * size, size);
      }
      FieldVector[] values = new FieldVector[sources.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = ((FixedSizeListVector) sources[i]).getDataVector();
      }
      items.copy(values, target.getDataVector());
    }

    /** Arrow's own copy of a list goes through a writer, which not every type of item has. */
    private void copyItems(ListVector target) {
      long count = 0;
      for (int i = 0; i < rows; i++) {
        count += items(i);
      }
      Items items = new Items(Math.toIntExact(count));
      ArrowBuf offsets = target.getOffsetBuffer();
      offsets.setInt(0, 0);
      for (int i = 0; i < rows; i++) {
        int size = items(i);
        if (size > 0) {
          items.add(
              batchOf[i], ((ListVector) sources[batchOf[i]]).getElementStartIndex(rowOf[i]), size);
        }
        offsets.setInt((i + 1L) * ListVector.OFFSET_WIDTH, items.count);
      }
      FieldVector[] values = new FieldVector[sources.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = ((ListVector) sources[i]).getDataVector();
      }
      items.copy(values, target.getDataVector());
    }

    private int items(int i) {
      ListVector source = (ListVector) sources[batchOf[i]];
      return source.isNull(rowOf[i])
          ? 0
          : source.getElementEndIndex(rowOf[i]) - source.getElementStartIndex(rowOf[i]);
    }

    /** Where the items of lists come from. */
    private static final class Items {
      private final int[] batchOf;
      private final int[] rowOf;
      private int count;

      Items(int total) {
        this.batchOf = new int[total];
        this.rowOf = new int[total];
      }

      void add(int batch, int start, int size) {
        for (int i = 0; i < size; i++) {
          batchOf[count] = batch;
          rowOf[count++] = start + i;
        }
      }

      void copy(FieldVector[] sources, FieldVector target) {
        new Column(sources, batchOf, rowOf, count).copyInto(target);
        target.setValueCount(count);
      }
    }

    /** A fixed-size list of fixed-width values of which none is null. */
    private boolean isFlat(FieldVector target) {
      if (!(target instanceof FixedSizeListVector list)
          || !(list.getDataVector() instanceof BaseFixedWidthVector)
          || list.getDataVector() instanceof BitVector) {
        return false;
      }
      for (FieldVector source : sources) {
        if (((FixedSizeListVector) source).getDataVector().getNullCount() > 0) {
          return false;
        }
      }
      return true;
    }

    private void copyMemory(ArrowBuf target, int width, boolean inLists) {
      ArrowBuf[] data = new ArrowBuf[sources.length];
      for (int i = 0; i < data.length; i++) {
        data[i] =
            inLists
                ? ((FixedSizeListVector) sources[i]).getDataVector().getDataBuffer()
                : sources[i].getDataBuffer();
      }
      for (int i = 0; i < rows; i++) {
        ArrowBuf source = data[batchOf[i]];
        long from = (long) rowOf[i] * width;
        long to = (long) i * width;
        switch (width) {
          case 8 -> target.setLong(to, source.getLong(from));
          case 4 -> target.setInt(to, source.getInt(from));
          default -> target.setBytes(to, source, from, width);
        }
      }
    }

    private void copyValidity(FieldVector target) {
      boolean nulls = false;
      for (FieldVector source : sources) {
        nulls |= source.getNullCount() > 0;
      }
      if (!nulls) {
        setAllValid(target.getValidityBuffer(), rows);
        return;
      }
      for (int i = 0; i < rows; i++) {
        BitVectorHelper.setValidityBit(
            target.getValidityBuffer(), i, sources[batchOf[i]].isNull(rowOf[i]) ? 0 : 1);
      }
    }

    private static void setAllValid(ArrowBuf validity, int count) {
      validity.setOne(0L, count / 8L);
      for (int i = count / 8 * 8; i < count; i++) {
        BitVectorHelper.setBit(validity, i);
      }
    }

    private void copyVariable(BaseVariableWidthVector target) {
      long bytes = 0;
      for (int i = 0; i < rows; i++) {
        bytes += length(i);
      }
      target.allocateNew(bytes, rows);
      int end = 0;
      ArrowBuf offsets = target.getOffsetBuffer();
      offsets.setInt(0, 0);
      for (int i = 0; i < rows; i++) {
        BaseVariableWidthVector source = (BaseVariableWidthVector) sources[batchOf[i]];
        int length = length(i);
        if (length > 0) {
          int from = source.getStartOffset(rowOf[i]);
          target.getDataBuffer().setBytes(end, source.getDataBuffer(), from, length);
        }
        end += length;
        offsets.setInt((i + 1L) * BaseVariableWidthVector.OFFSET_WIDTH, end);
      }
      copyValidity(target);
      target.setLastSet(rows - 1);
    }

    private int length(int i) {
      BaseVariableWidthVector source = (BaseVariableWidthVector) sources[batchOf[i]];
      return source.isNull(rowOf[i]) ? 0 : source.getValueLength(rowOf[i]);
    }
  }
}
