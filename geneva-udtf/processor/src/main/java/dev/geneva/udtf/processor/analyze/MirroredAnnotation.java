package dev.geneva.udtf.processor.analyze;

import dev.geneva.udtf.processor.diagnostic.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * An annotation as the source has it, with its defaults. Values that the compiler couldn't make
 * sense of are left to it to report: they are read as if they were not set.
 */
final class MirroredAnnotation {

  private final Element element;
  private final AnnotationMirror mirror;
  private final Map<String, AnnotationValue> set = new LinkedHashMap<>();
  private final Map<String, AnnotationValue> defaults = new LinkedHashMap<>();

  MirroredAnnotation(Element element, AnnotationMirror mirror) {
    this.element = element;
    this.mirror = mirror;
    mirror
        .getElementValues()
        .forEach((member, value) -> set.put(member.getSimpleName().toString(), value));
    for (ExecutableElement member :
        ElementFilter.methodsIn(mirror.getAnnotationType().asElement().getEnclosedElements())) {
      AnnotationValue value = member.getDefaultValue();
      if (value != null) {
        defaults.put(member.getSimpleName().toString(), value);
      }
    }
  }

  /** Finds an annotation of an element by its qualified name. */
  static Optional<MirroredAnnotation> find(Element element, String qualifiedName) {
    return find(element, element.getAnnotationMirrors(), qualifiedName);
  }

  /** Finds an annotation among some that stand on an element, or on the type that it has. */
  static Optional<MirroredAnnotation> find(
      Element element, List<? extends AnnotationMirror> mirrors, String qualifiedName) {
    for (AnnotationMirror mirror : mirrors) {
      if (mirror.getAnnotationType().asElement() instanceof TypeElement type
          && type.getQualifiedName().contentEquals(qualifiedName)) {
        return Optional.of(new MirroredAnnotation(element, mirror));
      }
    }
    return Optional.empty();
  }

  boolean isSet(String member) {
    return set.containsKey(member);
  }

  /** Where the annotation is. */
  Site site() {
    return Site.of(element, mirror);
  }

  /** Where a member's value is; the annotation if it isn't set. */
  Site site(String member) {
    return new Site(element, mirror, set.get(member));
  }

  /** Where one value of an array is. */
  Site site(AnnotationValue value) {
    return new Site(element, mirror, value);
  }

  String text(String member) {
    return value(member, String.class).orElse("");
  }

  double number(String member) {
    return value(member, Number.class).orElse(0).doubleValue();
  }

  int integer(String member) {
    return value(member, Number.class).orElse(0).intValue();
  }

  boolean flag(String member) {
    return value(member, Boolean.class).orElse(false);
  }

  /** A class; empty if it is unknown to the compiler. */
  Optional<TypeMirror> type(String member) {
    return value(member, TypeMirror.class);
  }

  /** The name of an enum constant. */
  String constant(String member) {
    return value(member, Element.class)
        .map(Element::getSimpleName)
        .map(Object::toString)
        .orElse("");
  }

  /** The values of an array. */
  List<? extends AnnotationValue> array(String member) {
    AnnotationValue value = set.getOrDefault(member, defaults.get(member));
    if (value != null && value.getValue() instanceof List<?> values) {
      return values.stream()
          .filter(AnnotationValue.class::isInstance)
          .map(AnnotationValue.class::cast)
          .toList();
    }
    return List.of();
  }

  /** The annotations of an array. */
  List<MirroredAnnotation> annotations(String member) {
    return array(member).stream()
        .map(AnnotationValue::getValue)
        .filter(AnnotationMirror.class::isInstance)
        .map(nested -> new MirroredAnnotation(element, (AnnotationMirror) nested))
        .toList();
  }

  private <T> Optional<T> value(String member, Class<T> type) {
    AnnotationValue value = set.getOrDefault(member, defaults.get(member));
    return Optional.ofNullable(value)
        .map(AnnotationValue::getValue)
        .filter(type::isInstance)
        .map(type::cast);
  }
}
