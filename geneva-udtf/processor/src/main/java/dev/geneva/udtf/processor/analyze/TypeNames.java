package dev.geneva.udtf.processor.analyze;

import com.palantir.javapoet.TypeName;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.type.TypeMirror;

/** Types as messages show them: without packages, which only make them long. */
final class TypeNames {

  private TypeNames() {}

  static String of(TypeMirror type) {
    return TypeName.get(type).toString().replaceAll("\\b(\\p{Ll}[\\w$]*\\.)+(?=\\p{Lu})", "");
  }

  static boolean isNullable(TypeMirror type) {
    return type.getAnnotationMirrors().stream().anyMatch(TypeNames::isNullable);
  }

  private static boolean isNullable(AnnotationMirror annotation) {
    return Compiler.isNamed(annotation.getAnnotationType(), Annotations.NULLABLE);
  }
}
