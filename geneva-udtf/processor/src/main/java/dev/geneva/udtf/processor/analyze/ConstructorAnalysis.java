package dev.geneva.udtf.processor.analyze;

import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.diagnostic.Site;
import dev.geneva.udtf.processor.diagnostic.Spelling;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements.Origin;

/** The constructor of a class that isn't a record, and the accessors of its parameters. */
final class ConstructorAnalysis {

  private final Compiler compiler;

  ConstructorAnalysis(Compiler compiler) {
    this.compiler = compiler;
  }

  /** The parameters of a class; what is wrong with them is reported. */
  List<VariableElement> parametersOf(TypeElement type) {
    List<ExecutableElement> constructors = usable(type);
    if (constructors.size() != 1) {
      compiler
          .reporter()
          .report(
              Diagnostic.CONSTRUCTOR_NOT_UNIQUE,
              Site.of(constructors.size() > 1 ? constructors.get(1) : type),
              type.getSimpleName(),
              constructors.isEmpty() ? "no" : constructors.size());
      return List.of();
    }
    List<VariableElement> parameters = List.copyOf(constructors.get(0).getParameters());
    for (VariableElement parameter : parameters) {
      checkAccessor(type, parameter);
    }
    return parameters;
  }

  /** The public constructors, or the one that the compiler adds. */
  private List<ExecutableElement> usable(TypeElement type) {
    return ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
        .filter(
            constructor ->
                constructor.getModifiers().contains(Modifier.PUBLIC)
                    || compiler.elements().getOrigin(constructor) == Origin.MANDATED)
        .toList();
  }

  private void checkAccessor(TypeElement type, VariableElement parameter) {
    String name = parameter.getSimpleName().toString();
    if (parameter.asType().getKind() == TypeKind.ERROR) {
      throw new UnresolvedTypeException(parameter.asType().toString());
    }
    Optional<ExecutableElement> accessor = methodWithoutParameters(type, name);
    if (accessor.isPresent() && isAccessor(type, accessor.get(), parameter.asType())) {
      return;
    }
    String typeName = TypeNames.of(parameter.asType());
    compiler
        .reporter()
        .report(
            Diagnostic.PARAMETER_WITHOUT_ACCESSOR,
            Site.of(parameter),
            name,
            type.getSimpleName(),
            accessor.isPresent()
                ? "There is '%s()', but it must be neither private nor static, and return %s. "
                    .formatted(name, typeName)
                : guess(type, parameter),
            typeName,
            name,
            type.getSimpleName());
  }

  private String guess(TypeElement type, VariableElement parameter) {
    String name = parameter.getSimpleName().toString();
    String getter = "get" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    if (methodWithoutParameters(type, getter).isPresent()) {
      return "'" + getter + "()' isn't taken for one. ";
    }
    List<String> candidates =
        ElementFilter.methodsIn(compiler.elements().getAllMembers(type)).stream()
            .filter(method -> method.getParameters().isEmpty())
            .filter(method -> isAccessor(type, method, parameter.asType()))
            .map(method -> method.getSimpleName().toString())
            .toList();
    return Spelling.didYouMean(name, candidates);
  }

  private Optional<ExecutableElement> methodWithoutParameters(TypeElement type, String name) {
    return ElementFilter.methodsIn(compiler.elements().getAllMembers(type)).stream()
        .filter(method -> method.getSimpleName().contentEquals(name))
        .filter(method -> method.getParameters().isEmpty())
        .findFirst();
  }

  private boolean isAccessor(TypeElement owner, ExecutableElement method, TypeMirror type) {
    if (method.getModifiers().contains(Modifier.PRIVATE)
        || method.getModifiers().contains(Modifier.STATIC)) {
      return false;
    }
    // Seen from the class, an inherited T is what the class made of it.
    TypeMirror seen = compiler.types().asMemberOf((DeclaredType) owner.asType(), method);
    return seen instanceof ExecutableType executable
        && compiler.types().isSameType(executable.getReturnType(), type);
  }
}
