package dev.geneva.udtf.processor.analyze;

import com.palantir.javapoet.TypeName;
import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.diagnostic.Site;
import dev.geneva.udtf.processor.model.ParameterModel;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** From components or arguments to parameters. */
final class ParameterAnalysis {

  private final Compiler compiler;
  private final JsonTypes jsonTypes;

  ParameterAnalysis(Compiler compiler) {
    this.compiler = compiler;
    this.jsonTypes = new JsonTypes(compiler);
  }

  /** Analyses all; what is wrong with them is reported. */
  List<ParameterModel> analyze(List<? extends VariableElement> variables) {
    return variables.stream().map(this::analyze).toList();
  }

  private ParameterModel analyze(VariableElement variable) {
    TypeMirror type = variable.asType();
    String name = variable.getSimpleName().toString();
    boolean nullable = TypeNames.isNullable(type);
    if (nullable && type instanceof PrimitiveType primitive) {
      compiler
          .reporter()
          .report(
              Diagnostic.NULLABLE_PRIMITIVE,
              Site.of(variable),
              "parameter '" + name + "'",
              "@Nullable " + compiler.types().boxedClass(primitive).getSimpleName());
    }
    Optional<TypeElement> hidden = privatePart(type);
    if (hidden.isPresent()) {
      compiler
          .reporter()
          .report(
              Diagnostic.INACCESSIBLE_PARAMETER_TYPE, Site.of(variable), name, TypeNames.of(type));
    } else {
      jsonTypes
          .problem(type)
          .ifPresent(
              problem ->
                  compiler
                      .reporter()
                      .report(
                          Diagnostic.PARAMETER_NOT_JSON,
                          Site.of(variable),
                          name,
                          TypeNames.of(type),
                          problem.reason(),
                          problem.hint()));
    }
    return new ParameterModel(name, TypeName.get(type), nullable);
  }

  /** A private type that a type is made of. */
  private static Optional<TypeElement> privatePart(TypeMirror type) {
    if (type.getKind() == TypeKind.ERROR) {
      throw new UnresolvedTypeException(type.toString());
    }
    if (type instanceof ArrayType array) {
      return privatePart(array.getComponentType());
    }
    if (type instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element) {
      return Compiler.privatePart(element)
          .or(
              () ->
                  declared.getTypeArguments().stream()
                      .flatMap(argument -> privatePart(argument).stream())
                      .findFirst());
    }
    return Optional.empty();
  }
}
