package dev.geneva.udtf.processor.analyze;

import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;

/** What an element is, as messages say it. */
final class Kinds {

  private Kinds() {}

  static String of(Element element) {
    return switch (element.getKind()) {
      case INTERFACE -> "an interface";
      case ENUM -> "an enum";
      case ANNOTATION_TYPE -> "an annotation";
      case RECORD -> "a record";
      case CLASS ->
          element.getModifiers().contains(Modifier.ABSTRACT) ? "an abstract class" : "a class";
      default -> "a " + element.getKind().toString().toLowerCase(java.util.Locale.ROOT);
    };
  }
}
