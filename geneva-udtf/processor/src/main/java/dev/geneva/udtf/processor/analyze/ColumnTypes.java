package dev.geneva.udtf.processor.analyze;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.diagnostic.Site;
import dev.geneva.udtf.processor.model.ColumnType;
import dev.geneva.udtf.processor.model.PrimitiveColumn;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The Arrow type of each Java type: the table in {@code docs/types.md} as code. */
final class ColumnTypes {

  private static final ClassName CODECS = ClassName.get("dev.geneva.udtf.runtime", "Codecs");

  /** Classes with one Arrow type and nothing to refine: the methods of {@code Codecs}. */
  private static final Map<String, String> PLAIN =
      Map.of(
          "java.lang.String", "text",
          "java.util.UUID", "uuid",
          "java.time.LocalDate", "date",
          "java.time.LocalTime", "time",
          "java.time.Instant", "instant",
          "java.time.LocalDateTime", "dateTime",
          "java.time.Duration", "duration");

  private final Compiler compiler;
  private final StructTypes structs;
  private final ArrayTypes arrays;

  ColumnTypes(Compiler compiler, StructTypes structs) {
    this.compiler = compiler;
    this.structs = structs;
    this.arrays = new ArrayTypes(compiler);
  }

  /**
   * Resolves the type of a component, or of a type argument within it.
   *
   * @return empty if it has no Arrow type, which has been reported
   */
  Optional<ColumnType> resolve(
      VariableElement component, TypeMirror type, Refinements refinements) {
    if (type.getKind() == TypeKind.ERROR) {
      throw new UnresolvedTypeException(type.toString());
    }
    if (type instanceof PrimitiveType primitive) {
      return primitive(component, type, primitive.getKind(), refinements, false);
    }
    if (type instanceof ArrayType array) {
      return arrays.resolve(component, array, refinements).or(() -> none(component, array));
    }
    if (type instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element) {
      return declared(component, declared, element, refinements);
    }
    return none(component, type);
  }

  private Optional<ColumnType> declared(
      VariableElement component, DeclaredType type, TypeElement element, Refinements refinements) {
    String name = element.getQualifiedName().toString();
    if (PLAIN.containsKey(name)) {
      refinements.check(type, Set.of(), compiler.reporter());
      return Optional.of(
          ColumnType.ofObjects(
              ClassName.get(element), CodeBlock.of("$T.$L()", CODECS, PLAIN.get(name))));
    }
    return switch (name) {
      case "java.math.BigDecimal" -> decimal(component, type, refinements);
      case "java.util.List" -> list(component, type, refinements);
      case "java.util.Map" -> map(component, type, refinements);
      default ->
          switch (element.getKind()) {
            case ENUM -> enumeration(component, type, element, refinements);
            case RECORD -> struct(component, type, element, refinements);
            default -> boxed(component, type, refinements);
          };
    };
  }

  private Optional<ColumnType> boxed(
      VariableElement component, DeclaredType type, Refinements refinements) {
    TypeKind unboxed = unboxed(type);
    return unboxed == TypeKind.NONE
        ? none(component, type)
        : primitive(component, type, unboxed, refinements, true);
  }

  private Optional<ColumnType> struct(
      VariableElement component, DeclaredType type, TypeElement element, Refinements refinements) {
    refinements.check(type, Set.of(), compiler.reporter());
    return component.getEnclosingElement() instanceof TypeElement outer
        ? structs.resolve(outer, component, element)
        : none(component, type);
  }

  private TypeKind unboxed(DeclaredType type) {
    try {
      return compiler.types().unboxedType(type).getKind();
    } catch (IllegalArgumentException e) {
      return TypeKind.NONE;
    }
  }

  private Optional<ColumnType> primitive(
      VariableElement component,
      TypeMirror type,
      TypeKind kind,
      Refinements refinements,
      boolean boxed) {
    refinements.check(type, allowedOn(kind), compiler.reporter());
    Optional<PrimitiveColumn> column = column(kind, refinements);
    if (column.isEmpty()) {
      return none(component, type);
    }
    return Optional.of(
        new ColumnType(
            TypeName.get(type).box(),
            CodeBlock.of("$T.$L()", CODECS, column.get().codec()),
            boxed ? Optional.empty() : column));
  }

  /** What refines a primitive, its box, and the elements of its array. */
  static Set<String> allowedOn(TypeKind kind) {
    return switch (kind) {
      case BYTE, SHORT, INT, LONG -> Set.of(Annotations.UNSIGNED);
      case FLOAT -> Set.of(Annotations.HALF_FLOAT);
      default -> Set.of();
    };
  }

  private static Optional<PrimitiveColumn> column(TypeKind kind, Refinements refinements) {
    boolean unsigned = refinements.isUnsigned();
    return switch (kind) {
      case BOOLEAN -> Optional.of(PrimitiveColumn.BOOL);
      case BYTE -> Optional.of(unsigned ? PrimitiveColumn.UINT8 : PrimitiveColumn.INT8);
      case SHORT -> Optional.of(unsigned ? PrimitiveColumn.UINT16 : PrimitiveColumn.INT16);
      case INT -> Optional.of(unsigned ? PrimitiveColumn.UINT32 : PrimitiveColumn.INT32);
      case LONG -> Optional.of(unsigned ? PrimitiveColumn.UINT64 : PrimitiveColumn.INT64);
      case FLOAT ->
          Optional.of(
              refinements.isHalfFloat() ? PrimitiveColumn.FLOAT16 : PrimitiveColumn.FLOAT32);
      case DOUBLE -> Optional.of(PrimitiveColumn.FLOAT64);
      default -> Optional.empty();
    };
  }

  private Optional<ColumnType> decimal(
      VariableElement component, DeclaredType type, Refinements refinements) {
    refinements.check(type, Set.of(Annotations.DECIMAL), compiler.reporter());
    if (refinements.decimal().isEmpty()) {
      compiler
          .reporter()
          .report(Diagnostic.MISSING_DECIMAL, Site.of(component), component.getSimpleName());
      return Optional.empty();
    }
    MirroredAnnotation decimal = refinements.decimal().get();
    int precision = decimal.integer("precision");
    int scale = decimal.integer("scale");
    if (precision < 1 || precision > 76 || scale < 0 || scale > precision) {
      compiler.reporter().report(Diagnostic.INVALID_DECIMAL, decimal.site(), precision, scale);
      return Optional.empty();
    }
    return Optional.of(
        ColumnType.ofObjects(
            TypeName.get(type), CodeBlock.of("$T.decimal($L, $L)", CODECS, precision, scale)));
  }

  private Optional<ColumnType> list(
      VariableElement component, DeclaredType type, Refinements refinements) {
    refinements.check(type, Set.of(), compiler.reporter());
    if (type.getTypeArguments().size() != 1) {
      return none(component, type);
    }
    TypeMirror element = type.getTypeArguments().get(0);
    return argument(component, element)
        .map(
            resolved ->
                ColumnType.ofObjects(
                    TypeName.get(type),
                    CodeBlock.of(
                        "$T.$L($L)",
                        CODECS,
                        TypeNames.isNullable(element) ? "listOfNullable" : "listOf",
                        resolved.codec())));
  }

  private Optional<ColumnType> map(
      VariableElement component, DeclaredType type, Refinements refinements) {
    refinements.check(type, Set.of(), compiler.reporter());
    if (type.getTypeArguments().size() != 2) {
      return none(component, type);
    }
    TypeMirror key = type.getTypeArguments().get(0);
    TypeMirror value = type.getTypeArguments().get(1);
    if (TypeNames.isNullable(key)) {
      compiler
          .reporter()
          .report(Diagnostic.NULLABLE_MAP_KEY, Site.of(component), component.getSimpleName());
    }
    Optional<ColumnType> keys = argument(component, key);
    Optional<ColumnType> values = argument(component, value);
    if (keys.isEmpty() || values.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ColumnType.ofObjects(
            TypeName.get(type),
            CodeBlock.of(
                "$T.$L($L, $L)",
                CODECS,
                TypeNames.isNullable(value) ? "mapOfNullable" : "mapOf",
                keys.get().codec(),
                values.get().codec())));
  }

  private Optional<ColumnType> argument(VariableElement component, TypeMirror argument) {
    return resolve(component, argument, Refinements.ofArgument(component, argument));
  }

  private Optional<ColumnType> enumeration(
      VariableElement component, DeclaredType type, TypeElement element, Refinements refinements) {
    refinements.check(type, Set.of(), compiler.reporter());
    if (Compiler.privatePart(element).isPresent()) {
      compiler
          .reporter()
          .report(Diagnostic.INACCESSIBLE_TYPE, Site.of(component), element.getSimpleName());
      return Optional.empty();
    }
    ClassName name = ClassName.get(element);
    return Optional.of(
        ColumnType.ofObjects(name, CodeBlock.of("$T.enumOf($T.class)", CODECS, name)));
  }

  private Optional<ColumnType> none(VariableElement component, TypeMirror type) {
    compiler
        .reporter()
        .report(
            Diagnostic.NO_ARROW_TYPE,
            Site.of(component),
            component.getSimpleName(),
            TypeNames.of(type),
            Alternatives.to(type));
    return Optional.empty();
  }
}
