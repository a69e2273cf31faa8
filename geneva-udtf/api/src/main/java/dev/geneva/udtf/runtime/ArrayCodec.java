package dev.geneva.udtf.runtime;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/** Lists of any length in arrays of primitives. */
final class ArrayCodec<A> extends ColumnCodec<A> {

  private final ArrayElements<A> elements;

  ArrayCodec(ArrayElements<A> elements) {
    super(ArrowType.List.INSTANCE, List.of(elements.field()));
    this.elements = elements;
  }

  @Override
  void write(List<? extends @Nullable A> values, boolean nullable, Mask mask, FieldVector vector) {
    ListVector lists = (ListVector) vector;
    ListRows rows = new ListRows(lists, values.size());
    for (A array : values) {
      if (array == null) {
        rows.appendNull(nullable, mask);
      } else {
        rows.append(elements.length(array));
      }
    }
    ArrowBuf data = Primitives.allocate(lists.getDataVector(), rows.elements());
    long first = 0;
    int row = 0;
    for (A array : values) {
      if (array != null) {
        try {
          elements.put(array, data, first);
        } catch (IllegalArgumentException e) {
          throw InvalidValueException.of(vector, row, String.valueOf(e.getMessage()));
        }
        first += elements.length(array);
      }
      row++;
    }
    rows.finish();
  }

  @Override
  ColumnReader<A> presentReader(FieldVector vector) {
    ListVector lists = (ListVector) vector;
    return row -> {
      ArrowBuf offsets = lists.getOffsetBuffer();
      int start = offsets.getInt((long) row * ListVector.OFFSET_WIDTH);
      int end = offsets.getInt((row + 1L) * ListVector.OFFSET_WIDTH);
      FieldVector items = lists.getDataVector();
      FixedSizeArrayCodec.requireNoNulls(items, start, end, vector, row);
      return elements.get(items.getDataBuffer(), start, end - start);
    };
  }
}
