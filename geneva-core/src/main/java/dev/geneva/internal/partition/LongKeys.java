package dev.geneva.internal.partition;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/** Keys that are whole numbers in memory: booleans, integers, dates, times. */
final class LongKeys extends KeyTable {

  private final LongTable table = new LongTable();
  private final Reader reader;
  private final boolean unsigned;
  private final Field column;

  private LongKeys(Field column, Reader reader, boolean unsigned) {
    this.column = column;
    this.reader = reader;
    this.unsigned = unsigned;
  }

  /** Reads a value out of a vector's memory. */
  @FunctionalInterface
  private interface Reader {
    long read(FieldVector vector, int row);
  }

  static @Nullable LongKeys tryOf(Field column) {
    ArrowType type = column.getType();
    boolean number =
        type instanceof ArrowType.Int
            || type instanceof ArrowType.Date
            || type instanceof ArrowType.Time
            || type instanceof ArrowType.Timestamp
            || type instanceof ArrowType.Duration;
    if (type instanceof ArrowType.Bool) {
      return new LongKeys(column, (vector, row) -> ((BitVector) vector).get(row), false);
    }
    if (!number) {
      return null;
    }
    boolean signed = !(type instanceof ArrowType.Int whole) || whole.getIsSigned();
    return new LongKeys(column, LongKeys::read, !signed);
  }

  private static long read(FieldVector vector, int row) {
    int width = ((BaseFixedWidthVector) vector).getTypeWidth();
    long at = (long) row * width;
    return switch (width) {
      case 1 -> vector.getDataBuffer().getByte(at);
      case 2 -> vector.getDataBuffer().getShort(at);
      case 4 -> vector.getDataBuffer().getInt(at);
      default -> vector.getDataBuffer().getLong(at);
    };
  }

  @Override
  int idOfValue(FieldVector vector, int row) {
    return table.idOf(reader.read(vector, row));
  }

  @Override
  int compareValues(int a, int b) {
    // Narrow unsigned values were sign-extended, which keeps their unsigned order.
    return unsigned
        ? Long.compareUnsigned(table.value(a), table.value(b))
        : Long.compare(table.value(a), table.value(b));
  }

  @Override
  List<Object> valuesOf(int[] ids) {
    // By way of a vector: Arrow alone knows units and time zones.
    Field plain =
        new Field(column.getName(), new FieldType(true, column.getType(), null), List.of());
    try (BufferAllocator allocator = new RootAllocator();
        FieldVector vector = plain.createVector(allocator)) {
      vector.setInitialCapacity(ids.length);
      vector.allocateNew();
      for (int i = 0; i < ids.length; i++) {
        BitVectorHelper.setBit(vector.getValidityBuffer(), i);
        write(vector, i, table.value(ids[i]));
      }
      vector.setValueCount(ids.length);
      List<Object> values = new ArrayList<>(ids.length);
      for (int i = 0; i < ids.length; i++) {
        values.add(vector.getObject(i));
      }
      return values;
    }
  }

  private static void write(FieldVector vector, int row, long value) {
    if (vector instanceof BitVector bits) {
      bits.set(row, (int) value);
      return;
    }
    int width = ((BaseFixedWidthVector) vector).getTypeWidth();
    long at = (long) row * width;
    switch (width) {
      case 1 -> vector.getDataBuffer().setByte(at, (byte) value);
      case 2 -> vector.getDataBuffer().setShort(at, (short) value);
      case 4 -> vector.getDataBuffer().setInt(at, (int) value);
      default -> vector.getDataBuffer().setLong(at, value);
    }
  }
}
