package dev.geneva.udtf.runtime;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/** Lists that all have the same length, in arrays of primitives. */
final class FixedSizeArrayCodec<A> extends ColumnCodec<A> {

  private final ArrayElements<A> elements;
  private final int size;

  FixedSizeArrayCodec(ArrayElements<A> elements, int size) {
    super(new ArrowType.FixedSizeList(size), List.of(elements.field()));
    this.elements = elements;
    this.size = size;
  }

  @Override
  void write(List<? extends @Nullable A> values, boolean nullable, Mask mask, FieldVector vector) {
    FixedSizeListVector lists = (FixedSizeListVector) vector;
    int rows = values.size();
    lists.clear();
    lists.setInitialCapacity(rows);
    lists.allocateNew();
    if ((long) rows * size > Integer.MAX_VALUE) {
      throw InvalidValueException.of(vector, Integer.MAX_VALUE / size, Offsets.PASSED);
    }
    ArrowBuf data = Primitives.allocate(lists.getDataVector(), rows * size);
    int row = 0;
    for (A array : values) {
      if (array != null) {
        put(array, data, vector, row);
        lists.setNotNull(row);
      } else if (!nullable) {
        if (!mask.hides(row)) {
          throw InvalidValueException.forNull(vector, row);
        }
        lists.setNotNull(row);
      }
      row++;
    }
    lists.setValueCount(rows);
  }

  private void put(A array, ArrowBuf data, FieldVector vector, int row) {
    int length = elements.length(array);
    if (length != size) {
      throw InvalidValueException.of(vector, row, "has " + length + " elements, not " + size);
    }
    try {
      elements.put(array, data, (long) row * size);
    } catch (IllegalArgumentException e) {
      throw InvalidValueException.of(vector, row, String.valueOf(e.getMessage()));
    }
  }

  @Override
  ColumnReader<A> presentReader(FieldVector vector) {
    FixedSizeListVector lists = (FixedSizeListVector) vector;
    return row -> {
      FieldVector items = lists.getDataVector();
      int start = row * size;
      requireNoNulls(items, start, start + size, vector, row);
      return elements.get(items.getDataBuffer(), start, size);
    };
  }

  /** An array of primitives has no place for a null. */
  static void requireNoNulls(FieldVector items, int start, int end, FieldVector list, int row) {
    ArrowBuf validity = items.getValidityBuffer();
    for (int i = start; i < end; ) {
      if (i % Byte.SIZE == 0 && i + Byte.SIZE <= end) {
        if (validity.getByte(i / Byte.SIZE) == -1) {
          i += Byte.SIZE;
          continue;
        }
      }
      if (BitVectorHelper.get(validity, i) == 0) {
        throw InvalidValueException.of(
            list, row, "holds null in element " + (i - start) + ", which its array can't");
      }
      i++;
    }
  }
}
