package dev.geneva.udtf.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/** Lists of any length: all elements are one column, written and read by the elements' codec. */
final class ListCodec<E> extends ColumnCodec<List<E>> {

  private final ColumnCodec<E> element;
  private final boolean nullableElements;

  ListCodec(ColumnCodec<E> element, boolean nullableElements) {
    super(ArrowType.List.INSTANCE, List.of(element.field(Codecs.ITEM, true)));
    this.element = element;
    this.nullableElements = nullableElements;
  }

  @Override
  void write(
      List<? extends @Nullable List<E>> values, boolean nullable, Mask mask, FieldVector vector) {
    ListVector lists = (ListVector) vector;
    ListRows rows = new ListRows(lists, values.size());
    List<@Nullable E> elements = new ArrayList<>(values.size());
    for (List<E> value : values) {
      if (value == null) {
        rows.appendNull(nullable, mask);
      } else {
        rows.append(value.size());
        elements.addAll(value);
      }
    }
    FieldVector items = lists.getDataVector();
    try {
      element.write(elements, nullableElements, Mask.NONE, items);
    } catch (InvalidValueException e) {
      throw rows.locate(e);
    }
    rows.finish();
  }

  @Override
  ColumnReader<List<E>> presentReader(FieldVector vector) {
    ListVector lists = (ListVector) vector;
    ColumnReader<E> items = element.reader(lists.getDataVector(), nullableElements);
    return row -> {
      ArrowBuf offsets = lists.getOffsetBuffer();
      int start = offsets.getInt((long) row * ListVector.OFFSET_WIDTH);
      int end = offsets.getInt((row + 1L) * ListVector.OFFSET_WIDTH);
      @Nullable Object[] elements = new @Nullable Object[end - start];
      for (int i = start; i < end; i++) {
        try {
          elements[i - start] = items.read(i);
        } catch (InvalidValueException e) {
          throw e.inList(vector, row, i - start);
        }
      }
      // The array holds nothing but what the reader of E returned.
      @SuppressWarnings("unchecked")
      List<E> list = (List<E>) Collections.unmodifiableList(Arrays.asList(elements));
      return list;
    };
  }
}
