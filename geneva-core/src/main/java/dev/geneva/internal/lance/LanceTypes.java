package dev.geneva.internal.lance;

import dev.geneva.InvalidDefinitionException;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Which Arrow types Lance stores, and in which of its file formats. Lance itself refuses some types
 * only when the first row is written, and for a zone like {@code +02:00}, or text in a list of a
 * fixed size, it ends the process.
 */
final class LanceTypes {

  /** Stable, but not yet what Lance writes by itself. */
  private static final String FORMAT_WITH_MAPS = "2.2";

  private static final List<Integer> DECIMAL_BITS = List.of(128, 256);

  private LanceTypes() {}

  /**
   * Checks the columns of a new dataset.
   *
   * @throws InvalidDefinitionException naming the column, its type and what to use instead
   */
  static void requireStorable(String table, Schema schema) {
    schema.getFields().forEach(field -> requireStorable(table, field.getName(), field));
  }

  private static void requireStorable(String table, String path, Field field) {
    refusal(field)
        .ifPresent(
            instead -> {
              throw new InvalidDefinitionException(
                  "Column '%s' of '%s' is %s, which Lance can't store: %s."
                      .formatted(path, table, field.getType(), instead));
            });
    boolean isStruct = field.getType() instanceof ArrowType.Struct;
    for (Field child : field.getChildren()) {
      requireStorable(table, isStruct ? path + "." + child.getName() : path, child);
    }
  }

  /** Why a type isn't stored, leaving aside its children. */
  private static Optional<String> refusal(Field field) {
    ArrowType type = field.getType();
    String instead =
        switch (type.getTypeID()) {
          case Interval -> "use a Duration or an Int";
          case Utf8View -> "use Utf8";
          case BinaryView -> "use Binary";
          case ListView, LargeListView -> "use List";
          case Union -> "use a Struct with a column for each type";
          case RunEndEncoded -> "use the type of the values";
          case Timestamp -> {
            String zone = ((ArrowType.Timestamp) type).getTimezone();
            yield zone != null && zone.contains(":")
                ? "use a time zone without a colon, such as UTC or " + zone.replace(":", "")
                : "";
          }
          case Decimal ->
              DECIMAL_BITS.contains(((ArrowType.Decimal) type).getBitWidth())
                  ? ""
                  : "use one of 128 bits";
          case Map -> ((ArrowType.Map) type).getKeysSorted() ? "declare its keys unsorted" : "";
          case FixedSizeList ->
              switch (field.getChildren().get(0).getType().getTypeID()) {
                case List, LargeList, Map, Utf8, LargeUtf8, Binary, LargeBinary ->
                    "with such elements, use a List of them";
                default -> "";
              };
          default -> "";
        };
    return instead.isEmpty() ? Optional.empty() : Optional.of(instead);
  }

  /** The file format that the columns need; empty for the one that Lance writes by itself. */
  static Optional<String> fileFormat(Schema schema) {
    return schema.getFields().stream().anyMatch(LanceTypes::needsMaps)
        ? Optional.of(FORMAT_WITH_MAPS)
        : Optional.empty();
  }

  private static boolean needsMaps(Field field) {
    return field.getType() instanceof ArrowType.Map
        || (field.getType() instanceof ArrowType.FixedSizeList
            && field.getChildren().get(0).getType() instanceof ArrowType.Struct)
        || field.getChildren().stream().anyMatch(LanceTypes::needsMaps);
  }
}
