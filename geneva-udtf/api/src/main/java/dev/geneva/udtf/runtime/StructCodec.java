package dev.geneva.udtf.runtime;

import dev.geneva.udtf.ArrowRecordConverter.RowReader;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/** Records within records: a struct whose children are the columns of the inner one's converter. */
final class StructCodec<R extends Record> extends ColumnCodec<R> {

  private final GeneratedConverter<R> converter;

  StructCodec(GeneratedConverter<R> converter) {
    super(ArrowType.Struct.INSTANCE, converter.schema().getFields());
    this.converter = converter;
  }

  @Override
  void write(List<? extends @Nullable R> values, boolean nullable, Mask mask, FieldVector vector) {
    StructVector struct = (StructVector) vector;
    if (!nullable) {
      int row = 0;
      for (R value : values) {
        if (value == null && !mask.hides(row)) {
          throw InvalidValueException.forNull(vector, row);
        }
        row++;
      }
    }
    StructRows.allocate(struct, values.size());
    try {
      converter.writeColumns(values, struct.getChildrenFromFields());
    } catch (InvalidValueException e) {
      throw e.inStruct(vector);
    }
    StructRows.finish(struct, values.size(), row -> !nullable || values.get(row) != null);
  }

  @Override
  ColumnReader<R> presentReader(FieldVector vector) {
    StructVector struct = (StructVector) vector;
    RowReader<R> reader =
        converter.readColumns(
            VectorLookup.find(
                converter.schema().getFields(),
                struct.getChildrenFromFields(),
                converter.recordClass().getName()));
    return row -> {
      try {
        return reader.read(row);
      } catch (InvalidValueException e) {
        throw e.inStruct(vector);
      }
    };
  }
}
