package dev.geneva.internal.lance;

import dev.geneva.InvalidDefinitionException;
import dev.geneva.NotFoundException;
import dev.geneva.VectorMetric;
import dev.geneva.internal.text.Suggestion;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;
import org.lance.schema.LanceField;

/**
 * A column of vectors: lists of a fixed size, of numbers.
 *
 * @param path its name; within a struct, {@code struct.field}
 * @param fieldId by which indices name it
 * @param element what a vector consists of
 * @param dimension the size of a vector
 */
record VectorColumn(String path, int fieldId, Element element, int dimension) {

  /** What a vector consists of. */
  enum Element {
    /** Half precision. */
    FLOAT16,
    /** Single precision. */
    FLOAT32,
    /** Double precision. */
    FLOAT64,
    /** Unsigned bytes, read as bits. */
    UINT8;

    /** The metrics that Lance can use. With another one it would abort the process. */
    Set<VectorMetric> metrics() {
      return this == UINT8
          ? EnumSet.of(VectorMetric.HAMMING)
          : EnumSet.complementOf(EnumSet.of(VectorMetric.HAMMING));
    }
  }

  /**
   * Looks a column up.
   *
   * @param name how the dataset is called in messages
   * @throws NotFoundException if it isn't there
   * @throws InvalidDefinitionException if it has no vectors
   */
  static VectorColumn of(Dataset dataset, String name, String path) {
    Map<String, LanceField> fields = paths(dataset);
    LanceField field = fields.get(path);
    if (field == null) {
      throw new NotFoundException(
          "No column '" + path + "' in '" + name + "'" + Suggestion.among(fields.keySet(), path));
    }
    if (field.getType() instanceof ArrowType.FixedSizeList list) {
      ArrowType type = field.asArrowField().getChildren().get(0).getType();
      Element element = element(type);
      if (element != null && list.getListSize() > 0) {
        return new VectorColumn(path, field.getId(), element, list.getListSize());
      }
    }
    throw new InvalidDefinitionException(
        "Column '%s' of '%s' has no vectors that can be indexed, but %s. A vector is a fixed-size list of floating-point numbers or unsigned bytes."
            .formatted(path, name, field.asArrowField().getType()));
  }

  /** All columns by their paths, those within structs too. */
  static Map<String, LanceField> paths(Dataset dataset) {
    Map<String, LanceField> paths = new LinkedHashMap<>();
    dataset.getLanceSchema().fields().forEach(field -> add("", field, paths));
    return paths;
  }

  private static void add(String prefix, LanceField field, Map<String, LanceField> paths) {
    String path = prefix + field.getName();
    paths.put(path, field);
    if (field.getType() instanceof ArrowType.Struct) {
      field.getChildren().forEach(child -> add(path + ".", child, paths));
    }
  }

  private static @Nullable Element element(ArrowType type) {
    if (type instanceof ArrowType.FloatingPoint floating) {
      return switch (floating.getPrecision()) {
        case HALF -> Element.FLOAT16;
        case SINGLE -> Element.FLOAT32;
        case DOUBLE -> Element.FLOAT64;
      };
    }
    boolean bytes =
        type instanceof ArrowType.Int number && number.getBitWidth() == 8 && !number.getIsSigned();
    return bytes ? Element.UINT8 : null;
  }
}
