package dev.geneva.internal.partition;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.internal.arrow.Schemas;
import dev.geneva.udtf.PartitionKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;

/** Partitions by the values of a column. */
public final class ColumnPartitioner {

  private ColumnPartitioner() {}

  /**
   * Finds out whether a column's values can be partition keys.
   *
   * @throws InvalidDefinitionException if not
   */
  public static void requireKey(Field column) {
    // Of a dictionary-encoded column, this is the type of the values: the schema says so.
    if (KeyTable.of(column).isEmpty()) {
      throw new InvalidDefinitionException(
          "Can't partition by column '"
              + column.getName()
              + "', which is "
              + Schemas.type(column)
              + "; keys are booleans, numbers, decimals, dates, times, text or binary.");
    }
  }

  /**
   * Reads a column and partitions by it.
   *
   * @param column the column's name, for the keys
   * @param rows of which the first column is it; remains the caller's to close
   */
  public static Assignment partition(String column, ArrowReader rows) {
    try {
      KeyTable table = null;
      RowOrdinals.Builder ids = new RowOrdinals.Builder();
      while (rows.loadNextBatch()) {
        FieldVector stored = rows.getVectorSchemaRoot().getVector(0);
        Decoded keys = Decoded.of(stored, rows);
        try (keys) {
          if (table == null) {
            table = KeyTable.of(keys.vector().getField()).orElseThrow();
          }
          int count = rows.getVectorSchemaRoot().getRowCount();
          for (int row = 0; row < count; row++) {
            ids.add(table.idOf(keys.vector(), row));
          }
        }
      }
      return table == null
          ? new Assignment(List.of(), List.of(), ids.build(new int[0], 0), 0)
          : assignment(column, table, ids);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Assignment assignment(String column, KeyTable table, RowOrdinals.Builder ids) {
    int[] sorted = table.sorted();
    int[] ordinalOf = new int[sorted.length];
    List<PartitionKey> keys = new ArrayList<>(sorted.length);
    for (int ordinal = 0; ordinal < sorted.length; ordinal++) {
      ordinalOf[sorted[ordinal]] = ordinal;
    }
    for (Object value : table.values(sorted)) {
      keys.add(new PartitionKey.Value(column, value));
    }
    RowOrdinals ordinals = ids.build(ordinalOf, sorted.length);
    long[] rows = new long[sorted.length];
    for (long row = 0; row < ordinals.count(); row++) {
      rows[ordinals.get(row)]++;
    }
    return new Assignment(keys, Arrays.stream(rows).boxed().toList(), ordinals, 0);
  }

  /** A column's values, of a dictionary-encoded one too. */
  private record Decoded(FieldVector vector, boolean owned) implements AutoCloseable {

    static Decoded of(FieldVector stored, ArrowReader reader) throws IOException {
      if (stored.getField().getDictionary() == null) {
        return new Decoded(stored, false);
      }
      Dictionary dictionary =
          reader.getDictionaryVectors().get(stored.getField().getDictionary().getId());
      if (dictionary == null) {
        throw new IllegalStateException("No dictionary for " + stored.getField());
      }
      return new Decoded((FieldVector) DictionaryEncoder.decode(stored, dictionary), true);
    }

    @Override
    public void close() {
      if (owned) {
        vector.close();
      }
    }
  }
}
