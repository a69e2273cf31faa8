package dev.geneva.udtf.processor.analyze;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.diagnostic.Site;
import dev.geneva.udtf.processor.model.ColumnType;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Arrays of primitives: binary, lists and fixed-size lists. */
final class ArrayTypes {

  private static final ClassName CODECS = ClassName.get("dev.geneva.udtf.runtime", "Codecs");
  private static final ClassName ELEMENTS =
      ClassName.get("dev.geneva.udtf.runtime", "ArrayElements");

  private final Compiler compiler;

  ArrayTypes(Compiler compiler) {
    this.compiler = compiler;
  }

  /** The type of a component; empty if it isn't an array of primitives that Arrow has. */
  Optional<ColumnType> resolve(VariableElement component, ArrayType type, Refinements refinements) {
    TypeMirror element = type.getComponentType();
    Optional<CodeBlock> elements = elements(element.getKind(), refinements);
    if (elements.isEmpty()) {
      return Optional.empty();
    }
    if (TypeNames.isNullable(element)) {
      compiler
          .reporter()
          .report(
              Diagnostic.NULLABLE_PRIMITIVE,
              Site.of(component),
              "the elements of '" + component.getSimpleName() + "'",
              TypeNames.of(element) + " @Nullable []");
    }
    Set<String> allowed = new HashSet<>(ColumnTypes.allowedOn(element.getKind()));
    allowed.add(Annotations.FIXED_SIZE);
    refinements.check(type, allowed, compiler.reporter());
    boolean isBinary = element.getKind() == TypeKind.BYTE && !refinements.isUnsigned();
    return Optional.of(
        ColumnType.ofObjects(
            TypeName.get(type),
            isBinary
                ? binary(refinements.fixedSize())
                : list(elements.get(), refinements.fixedSize())));
  }

  private static CodeBlock binary(OptionalInt size) {
    return size.isPresent()
        ? CodeBlock.of("$T.fixedBinary($L)", CODECS, size.getAsInt())
        : CodeBlock.of("$T.binary()", CODECS);
  }

  private static CodeBlock list(CodeBlock elements, OptionalInt size) {
    return size.isPresent()
        ? CodeBlock.of("$T.arrayOf($T.$L, $L)", CODECS, ELEMENTS, elements, size.getAsInt())
        : CodeBlock.of("$T.arrayOf($T.$L)", CODECS, ELEMENTS, elements);
  }

  private static Optional<CodeBlock> elements(TypeKind kind, Refinements refinements) {
    boolean signed = !refinements.isUnsigned();
    return switch (kind) {
      case BOOLEAN -> Optional.of(CodeBlock.of("bools()"));
      case BYTE -> Optional.of(CodeBlock.of("bytes($L)", signed));
      case SHORT -> Optional.of(CodeBlock.of("shorts($L)", signed));
      case INT -> Optional.of(CodeBlock.of("ints($L)", signed));
      case LONG -> Optional.of(CodeBlock.of("longs($L)", signed));
      case FLOAT ->
          Optional.of(CodeBlock.of(refinements.isHalfFloat() ? "halfFloats()" : "floats()"));
      case DOUBLE -> Optional.of(CodeBlock.of("doubles()"));
      default -> Optional.empty();
    };
  }
}
