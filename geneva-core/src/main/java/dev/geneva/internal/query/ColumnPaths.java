package dev.geneva.internal.query;

import dev.geneva.NotFoundException;
import dev.geneva.internal.arrow.Schemas;
import dev.geneva.internal.text.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Finds columns by name, and fields of structs by a path such as {@code st.x}. A part of a path
 * that contains a point is in backticks, as in {@code st.`a.b`}; the name of a column never is.
 */
final class ColumnPaths {

  private ColumnPaths() {}

  /**
   * Finds a column.
   *
   * @param where for the message if it isn't there
   * @return the field, with the path as its name; nullable if it or what it is in may be null
   */
  static Field find(Schema schema, String path, String where) {
    return lookUp(schema, path)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "No column '" + path + "' " + where + suggestion(schema, path)));
  }

  private static String suggestion(Schema schema, String path) {
    List<String> names = new ArrayList<>(Schemas.names(schema));
    if (path.contains(".")) {
      schema.getFields().forEach(field -> addPaths(field, field.getName(), names));
    }
    return Suggestion.among(names, path);
  }

  private static void addPaths(Field field, String path, List<String> names) {
    if (field.getType() instanceof ArrowType.Struct) {
      for (Field child : field.getChildren()) {
        String name = child.getName();
        String childPath = path + "." + (name.contains(".") ? "`" + name + "`" : name);
        names.add(childPath);
        addPaths(child, childPath, names);
      }
    }
  }

  private static Optional<Field> lookUp(Schema schema, String path) {
    Optional<Field> column = named(schema.getFields(), path);
    if (column.isPresent()) {
      return column;
    }
    List<String> parts = parts(path);
    List<Field> among = schema.getFields();
    boolean nullable = false;
    for (int i = 0; i < parts.size() - 1; i++) {
      Optional<Field> struct =
          named(among, parts.get(i)).filter(field -> field.getType() instanceof ArrowType.Struct);
      if (struct.isEmpty()) {
        return Optional.empty();
      }
      nullable |= struct.get().isNullable();
      among = struct.get().getChildren();
    }
    if (parts.size() < 2) {
      return Optional.empty();
    }
    boolean within = nullable;
    return named(among, parts.get(parts.size() - 1))
        .map(leaf -> renamed(leaf, path, within || leaf.isNullable()));
  }

  /** The same field under another name. */
  static Field named(Field field, String name) {
    return field.getName().equals(name) ? field : renamed(field, name, field.isNullable());
  }

  private static Field renamed(Field field, String name, boolean nullable) {
    FieldType type =
        new FieldType(nullable, field.getType(), field.getDictionary(), field.getMetadata());
    return new Field(name, type, field.getChildren());
  }

  private static Optional<Field> named(List<Field> fields, String name) {
    return fields.stream().filter(field -> field.getName().equals(name)).findFirst();
  }

  private static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '`') {
        quoted = !quoted;
      } else if (c == '.' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  /** The names of all columns and all fields within them. */
  static Set<String> allNames(Schema schema) {
    Set<String> names = new LinkedHashSet<>();
    addNames(schema.getFields(), names);
    return names;
  }

  private static void addNames(List<Field> fields, Set<String> names) {
    for (Field field : fields) {
      names.add(field.getName());
      if (field.getType() instanceof ArrowType.Struct) {
        addNames(field.getChildren(), names);
      }
    }
  }
}
