package dev.geneva.internal.lance;

import dev.geneva.InvalidDefinitionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.Dataset;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;

/**
 * The dictionary-encoded columns of a dataset, which are read as their values: each fragment has a
 * dictionary of its own, so the same number means another value in the next batch. Immutable.
 *
 * <p>Lance's schema shows such a column as the whole numbers that it is made of; only a scan tells.
 */
record DictionaryColumns(Map<String, Field> values) {

  /**
   * Finds them, by a look at the first row.
   *
   * @throws InvalidDefinitionException if one is inside a struct or list
   */
  static DictionaryColumns of(Dataset dataset, Schema schema, BufferAllocator allocator) {
    List<String> candidates =
        schema.getFields().stream()
            .filter(
                field -> field.getType() instanceof ArrowType.Int || !field.getChildren().isEmpty())
            .map(Field::getName)
            .toList();
    if (candidates.isEmpty()) {
      return new DictionaryColumns(Map.of());
    }
    ScanOptions first = new ScanOptions.Builder().columns(candidates).limit(1).build();
    try (LanceScanner scanner = LanceScanner.create(dataset, first, allocator);
        ArrowReader rows = scanner.scanBatches()) {
      List<Field> fields = rows.getVectorSchemaRoot().getSchema().getFields();
      fields.forEach(DictionaryColumns::requireFlat);
      boolean any = fields.stream().anyMatch(field -> field.getDictionary() != null);
      // Without rows there is nothing that could be read wrongly.
      return any && rows.loadNextBatch()
          ? new DictionaryColumns(values(fields, rows.getDictionaryVectors()))
          : new DictionaryColumns(Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Field> values(List<Field> fields, Map<Long, Dictionary> dictionaries) {
    Map<String, Field> values = new HashMap<>();
    for (Field field : fields) {
      if (field.getDictionary() != null) {
        Field value = dictionary(field, dictionaries).getVector().getField();
        values.put(
            field.getName(),
            new Field(
                field.getName(),
                new FieldType(field.isNullable(), value.getType(), null, field.getMetadata()),
                value.getChildren()));
      }
    }
    return values;
  }

  private static void requireFlat(Field column) {
    for (Field child : column.getChildren()) {
      if (child.getDictionary() != null) {
        throw new InvalidDefinitionException(
            "Column '"
                + column.getName()
                + "' holds dictionary-encoded values inside a struct or list, which can't be read;"
                + " write them as plain values.");
      }
      requireFlat(child);
    }
  }

  private static Dictionary dictionary(Field field, Map<Long, Dictionary> dictionaries) {
    return Objects.requireNonNull(
        dictionaries.get(field.getDictionary().getId()), () -> "No dictionary for " + field);
  }

  /** The columns as they are read. */
  Schema decoded(Schema schema) {
    return new Schema(
        schema.getFields().stream()
            .map(field -> values.getOrDefault(field.getName(), field))
            .toList(),
        schema.getCustomMetadata());
  }

  /** Whether none of a scan's columns is one of them. */
  boolean isNoneOf(Schema scanned) {
    return scanned.getFields().stream().noneMatch(field -> values.containsKey(field.getName()));
  }

  /**
   * Moves a batch to another root, with values instead of numbers.
   *
   * @param batch emptied
   * @param into of the decoded columns; refilled
   */
  static void decode(
      VectorSchemaRoot batch, Map<Long, Dictionary> dictionaries, VectorSchemaRoot into) {
    List<FieldVector> sources = new ArrayList<>(batch.getFieldVectors());
    for (int i = 0; i < sources.size(); i++) {
      FieldVector source = sources.get(i);
      if (source.getField().getDictionary() == null) {
        source.makeTransferPair(into.getVector(i)).transfer();
      } else {
        Dictionary dictionary = dictionary(source.getField(), dictionaries);
        try (FieldVector values = (FieldVector) DictionaryEncoder.decode(source, dictionary)) {
          values.makeTransferPair(into.getVector(i)).transfer();
        }
      }
    }
    into.setRowCount(batch.getRowCount());
  }
}
