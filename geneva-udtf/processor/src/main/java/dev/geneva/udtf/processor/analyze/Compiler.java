package dev.geneva.udtf.processor.analyze;

import com.palantir.javapoet.ClassName;
import dev.geneva.udtf.processor.diagnostic.Reporter;
import dev.geneva.udtf.processor.model.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * What the compiler knows, and where to complain.
 *
 * @param elements questions about elements
 * @param types questions about types
 * @param reporter takes diagnostics
 */
public record Compiler(Elements elements, Types types, Reporter reporter) {

  /** The compiler that runs the processor. */
  public static Compiler of(ProcessingEnvironment environment, Reporter reporter) {
    return new Compiler(environment.getElementUtils(), environment.getTypeUtils(), reporter);
  }

  /** The element of a class, record or interface type. */
  static Optional<TypeElement> elementOf(TypeMirror type) {
    return type instanceof DeclaredType declared && declared.asElement() instanceof TypeElement e
        ? Optional.of(e)
        : Optional.empty();
  }

  boolean isA(TypeMirror type, String qualifiedName) {
    TypeElement other = elements.getTypeElement(qualifiedName);
    return other != null && types.isAssignable(types.erasure(type), types.erasure(other.asType()));
  }

  static boolean isNamed(TypeMirror type, String qualifiedName) {
    return elementOf(type)
        .map(element -> element.getQualifiedName().contentEquals(qualifiedName))
        .orElse(false);
  }

  String binaryName(TypeElement type) {
    return elements.getBinaryName(type).toString();
  }

  PackageElement packageOf(Element element) {
    return elements.getPackageOf(element);
  }

  /** The name of a generated class. */
  static ClassName className(String binaryName) {
    int dot = binaryName.lastIndexOf('.');
    return dot < 0
        ? ClassName.get("", binaryName)
        : ClassName.get(binaryName.substring(0, dot), binaryName.substring(dot + 1));
  }

  /** A type and the types around it, from the inside out. */
  private static List<TypeElement> nest(TypeElement type) {
    List<TypeElement> nest = new ArrayList<>();
    for (Element part = type;
        part instanceof TypeElement element;
        part = part.getEnclosingElement()) {
      nest.add(element);
    }
    return nest;
  }

  /** The name of the type around a nested type. */
  static String around(TypeElement type) {
    return nest(type).stream().skip(1).findFirst().orElse(type).getSimpleName().toString();
  }

  /** The innermost type around a type, or itself, that is private; empty if there is none. */
  static Optional<TypeElement> privatePart(TypeElement type) {
    return nest(type).stream()
        .filter(part -> part.getModifiers().contains(Modifier.PRIVATE))
        .findFirst();
  }

  /** Whether a type and all around it are public. */
  static boolean isPublic(TypeElement type) {
    return nest(type).stream().allMatch(part -> part.getModifiers().contains(Modifier.PUBLIC));
  }

  /** What a class that is made from another has to be careful of. */
  Traits traits(TypeElement origin, boolean usesDeprecated) {
    ModuleElement module = elements.getModuleOf(origin);
    boolean isInModule = module != null && !module.isUnnamed();
    return new Traits(
        usesDeprecated,
        isInModule,
        !isInModule || elements.getTypeElement(module, Generated.class.getName()) != null);
  }

  /** Whether a type, or one around it, is deprecated. */
  boolean isDeprecated(TypeElement type) {
    return nest(type).stream().anyMatch(elements::isDeprecated);
  }

  /** The type without another around it, which has a file of its own. */
  static TypeElement outermost(TypeElement type) {
    List<TypeElement> nest = nest(type);
    return nest.get(nest.size() - 1);
  }
}
