package dev.geneva.udtf.processor.analyze;

import java.util.Map;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** What to use in a record instead of a type that Arrow doesn't have. */
final class Alternatives {

  private static final Map<String, String> BY_NAME =
      Map.ofEntries(
          Map.entry("java.lang.Character", "Use String"),
          Map.entry("java.lang.CharSequence", "Use String"),
          Map.entry("java.lang.StringBuilder", "Use String"),
          Map.entry("java.net.URI", "Use String"),
          Map.entry("java.nio.file.Path", "Use String"),
          Map.entry("java.nio.ByteBuffer", "Use byte[]"),
          Map.entry(
              "java.math.BigInteger", "Use BigDecimal with @Decimal(precision = …, scale = 0)"),
          Map.entry("java.util.Date", "Use java.time.Instant"),
          Map.entry("java.util.Calendar", "Use java.time.Instant"),
          Map.entry("java.sql.Timestamp", "Use java.time.Instant"),
          Map.entry("java.sql.Date", "Use java.time.LocalDate"),
          Map.entry(
              "java.time.ZonedDateTime", "Use Instant, and a String for the zone if it matters"),
          Map.entry(
              "java.time.OffsetDateTime", "Use Instant, and an int for the offset if it matters"),
          Map.entry("java.util.Optional", "Use the type itself with @Nullable"),
          Map.entry("java.util.OptionalInt", "Use @Nullable Integer"),
          Map.entry("java.util.OptionalLong", "Use @Nullable Long"),
          Map.entry("java.util.OptionalDouble", "Use @Nullable Double"),
          Map.entry("java.util.BitSet", "Use boolean[]"));

  private static final String TABLE = "docs/types.md lists the types that a component may have";

  private Alternatives() {}

  static String to(TypeMirror type) {
    if (type.getKind() == TypeKind.CHAR) {
      return "Use String";
    }
    if (type instanceof ArrayType array) {
      return array.getComponentType().getKind() == TypeKind.CHAR
          ? "Use String"
          : "Use 'List<" + boxed(array.getComponentType()) + ">'";
    }
    if (type.getKind() == TypeKind.WILDCARD || type.getKind() == TypeKind.TYPEVAR) {
      return "Name the type";
    }
    if (type instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element) {
      return toDeclared(declared, element);
    }
    return TABLE;
  }

  private static String toDeclared(DeclaredType type, TypeElement element) {
    String name = element.getQualifiedName().toString();
    if (BY_NAME.containsKey(name)) {
      return BY_NAME.get(name);
    }
    if (name.equals("java.util.List") || name.equals("java.util.Map")) {
      return "Write it with its type arguments";
    }
    if (name.startsWith("java.util.") && !type.getTypeArguments().isEmpty()) {
      return type.getTypeArguments().size() == 1
          ? "Use 'List<" + TypeNames.of(type.getTypeArguments().get(0)) + ">'"
          : "Use 'Map'";
    }
    if (element.getKind() == ElementKind.CLASS && !name.startsWith("java.")) {
      return "Make it a record, which becomes a struct";
    }
    return TABLE;
  }

  private static String boxed(TypeMirror element) {
    return switch (element.getKind()) {
      case CHAR -> "String";
      default -> TypeNames.of(element);
    };
  }
}
