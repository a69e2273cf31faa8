package dev.geneva.udtf.processor.diagnostic;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Where in the source something is wrong.
 *
 * @param element the element
 * @param annotation the annotation on it, if that is to blame
 * @param value the value in the annotation, likewise
 */
public record Site(
    Element element, @Nullable AnnotationMirror annotation, @Nullable AnnotationValue value) {

  /** The element itself. */
  public static Site of(Element element) {
    return new Site(element, null, null);
  }

  /** An annotation. */
  public static Site of(Element element, AnnotationMirror annotation) {
    return new Site(element, annotation, null);
  }
}
