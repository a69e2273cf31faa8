package dev.geneva.udtf.processor.analyze;

import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.diagnostic.Reporter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;

/** The annotations that refine the type of a component, or of a type argument within it. */
final class Refinements {

  /** What each goes on, as the hint says it. */
  private static final Map<String, String> PLACES =
      inOrder(
          Map.of(
              Annotations.FIXED_SIZE, "an array of primitives",
              Annotations.UNSIGNED, "byte, short, int and long, their boxes and arrays",
              Annotations.HALF_FLOAT, "float, Float and float[]",
              Annotations.DECIMAL, "a BigDecimal"));

  private final Map<String, MirroredAnnotation> found = new LinkedHashMap<>();

  /** Sorted, so that what is reported doesn't change its order from run to run. */
  private static Map<String, String> inOrder(Map<String, String> places) {
    return Collections.unmodifiableMap(new TreeMap<>(places));
  }

  private Refinements(Element element, List<? extends AnnotationMirror> mirrors) {
    PLACES
        .keySet()
        .forEach(
            name ->
                MirroredAnnotation.find(element, mirrors, name)
                    .ifPresent(annotation -> found.put(name, annotation)));
  }

  /** Those of a component: on it, on its type, or on its array's elements. */
  static Refinements of(Element component, TypeMirror type) {
    List<AnnotationMirror> mirrors = new ArrayList<>(component.getAnnotationMirrors());
    mirrors.addAll(onType(type));
    return new Refinements(component, mirrors);
  }

  /** Those of a type argument. */
  static Refinements ofArgument(Element component, TypeMirror argument) {
    return new Refinements(component, onType(argument));
  }

  private static List<AnnotationMirror> onType(TypeMirror type) {
    List<AnnotationMirror> mirrors = new ArrayList<>(type.getAnnotationMirrors());
    if (type instanceof ArrayType array) {
      mirrors.addAll(array.getComponentType().getAnnotationMirrors());
    }
    return mirrors;
  }

  boolean isUnsigned() {
    return found.containsKey(Annotations.UNSIGNED);
  }

  boolean isHalfFloat() {
    return found.containsKey(Annotations.HALF_FLOAT);
  }

  OptionalInt fixedSize() {
    MirroredAnnotation size = found.get(Annotations.FIXED_SIZE);
    return size == null ? OptionalInt.empty() : OptionalInt.of(size.integer("value"));
  }

  Optional<MirroredAnnotation> decimal() {
    return Optional.ofNullable(found.get(Annotations.DECIMAL));
  }

  /** Reports what isn't allowed on a type, and sizes that are none. */
  void check(TypeMirror type, Set<String> allowed, Reporter reporter) {
    found.forEach(
        (name, annotation) -> {
          if (!allowed.contains(name)) {
            reporter.report(
                Diagnostic.MISPLACED_REFINEMENT,
                annotation.site(),
                name.substring(name.lastIndexOf('.') + 1),
                TypeNames.of(type),
                PLACES.getOrDefault(name, ""));
          }
        });
    MirroredAnnotation size = found.get(Annotations.FIXED_SIZE);
    if (size != null && size.integer("value") < 1) {
      reporter.report(Diagnostic.SIZE_NOT_POSITIVE, size.site("value"), size.integer("value"));
    }
  }
}
