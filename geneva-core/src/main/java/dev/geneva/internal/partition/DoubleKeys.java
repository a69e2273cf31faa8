package dev.geneva.internal.partition;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Keys that are floating-point numbers: -0.0 and 0.0 are one, and all NaN are one. */
final class DoubleKeys extends KeyTable {

  private final LongTable table = new LongTable();
  private final FloatingPointPrecision precision;

  private DoubleKeys(FloatingPointPrecision precision) {
    this.precision = precision;
  }

  static @Nullable DoubleKeys tryOf(Field column) {
    return column.getType() instanceof ArrowType.FloatingPoint type
        ? new DoubleKeys(type.getPrecision())
        : null;
  }

  @Override
  int idOfValue(FieldVector vector, int row) {
    double value =
        switch (precision) {
          case HALF -> ((Float2Vector) vector).getValueAsFloat(row);
          case SINGLE -> ((Float4Vector) vector).get(row);
          case DOUBLE -> ((Float8Vector) vector).get(row);
        };
    // Adding zero makes -0.0 positive; the conversion to bits makes all NaN one.
    return table.idOf(Double.doubleToLongBits(value + 0.0));
  }

  @Override
  int compareValues(int a, int b) {
    return Double.compare(number(a), number(b));
  }

  @Override
  List<Object> valuesOf(int[] ids) {
    List<Object> values = new ArrayList<>(ids.length);
    for (int id : ids) {
      if (precision == FloatingPointPrecision.DOUBLE) {
        values.add(number(id));
      } else {
        values.add((float) number(id));
      }
    }
    return values;
  }

  private double number(int id) {
    return Double.longBitsToDouble(table.value(id));
  }
}
