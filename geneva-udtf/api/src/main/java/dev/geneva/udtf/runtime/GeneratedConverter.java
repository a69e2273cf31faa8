package dev.geneva.udtf.runtime;

import dev.geneva.udtf.ArrowRecordConverter;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What all generated converters have in common: checks, lookup of columns, and errors that name the
 * column and the record. The subclass knows the components.
 *
 * @param <R> the record
 */
public abstract class GeneratedConverter<R extends Record> implements ArrowRecordConverter<R> {

  private final Class<R> recordClass;
  private final Schema schema;

  /** For a generated subclass. */
  protected GeneratedConverter(Class<R> recordClass, Schema schema) {
    this.recordClass = recordClass;
    this.schema = schema;
  }

  /**
   * Replaces the content of vectors, column by column.
   *
   * @param records one for each row; null where the row is a null struct
   * @param vectors one for each component, in order
   */
  protected abstract void writeColumns(
      List<? extends @Nullable R> records, List<FieldVector> vectors);

  /**
   * Reads records from vectors.
   *
   * @param vectors one for each component, in order
   */
  protected abstract RowReader<R> readColumns(List<FieldVector> vectors);

  @Override
  public final Class<R> recordClass() {
    return recordClass;
  }

  @Override
  public final Schema schema() {
    return schema;
  }

  @Override
  public final void write(List<? extends R> records, VectorSchemaRoot root) {
    if (!schema.equals(root.getSchema())) {
      throw new IllegalArgumentException(
          "the root has not the columns of %s: expected %s, found %s"
              .formatted(recordClass.getName(), schema, root.getSchema()));
    }
    int row = 0;
    for (R present : records) {
      if (present == null) {
        throw new NullPointerException("record " + row + " is null");
      }
      row++;
    }
    boolean written = false;
    try {
      writeColumns(records, root.getFieldVectors());
      root.setRowCount(records.size());
      written = true;
    } catch (InvalidValueException e) {
      throw e.whileWriting();
    } finally {
      if (!written) {
        // Half a batch must not look like one.
        root.clear();
      }
    }
  }

  @Override
  public final RowReader<R> reader(VectorSchemaRoot root) {
    List<FieldVector> vectors =
        VectorLookup.find(schema.getFields(), root.getFieldVectors(), recordClass.getName());
    RowReader<R> reader = readColumns(vectors);
    return row -> {
      try {
        return reader.read(row);
      } catch (InvalidValueException e) {
        throw e.whileReading();
      }
    };
  }

  /** The rows whose record is null. */
  protected static Mask maskOf(List<? extends @Nullable Record> records) {
    return row -> records.get(row) == null;
  }
}
