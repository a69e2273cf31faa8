package dev.geneva.udtf.processor.analyze;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.geneva.udtf.GeneratedNames;
import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.diagnostic.Site;
import dev.geneva.udtf.processor.model.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Records as types of components: structs, which their own converters write and read. */
final class StructTypes {

  private static final ClassName CODECS = ClassName.get("dev.geneva.udtf.runtime", "Codecs");

  private final Compiler compiler;
  private final RequiredRecords required;

  StructTypes(Compiler compiler, RequiredRecords required) {
    this.compiler = compiler;
    this.required = required;
  }

  /**
   * The type of a component.
   *
   * @param outer the record that has it
   * @param inner the record that is its type, or part of it
   * @return empty if it can't be one, which has been reported
   */
  Optional<ColumnType> resolve(TypeElement outer, VariableElement component, TypeElement inner) {
    List<String> path = new ArrayList<>(List.of(outer.getSimpleName().toString()));
    if (leadsTo(outer, inner, path, new HashSet<>())) {
      compiler
          .reporter()
          .report(
              Diagnostic.RECURSIVE_RECORD,
              Site.of(component),
              outer.getSimpleName(),
              String.join(" → ", path));
      return Optional.empty();
    }
    if (!required.require(inner, Site.of(component), outer)) {
      return Optional.empty();
    }
    ClassName converter =
        Compiler.className(GeneratedNames.converterOf(compiler.binaryName(inner)));
    return Optional.of(
        ColumnType.ofObjects(
            ClassName.get(inner), CodeBlock.of("$T.structOf(new $T())", CODECS, converter)));
  }

  private boolean leadsTo(
      TypeElement goal, TypeElement from, List<String> path, Set<Element> seen) {
    path.add(from.getSimpleName().toString());
    if (from.equals(goal)) {
      return true;
    }
    if (seen.add(from)) {
      for (RecordComponentElement component : from.getRecordComponents()) {
        for (TypeElement next : recordsIn(component.asType())) {
          if (leadsTo(goal, next, path, seen)) {
            return true;
          }
        }
      }
    }
    path.remove(path.size() - 1);
    return false;
  }

  /** The records that a type is made of. */
  private static List<TypeElement> recordsIn(TypeMirror type) {
    List<TypeElement> records = new ArrayList<>();
    if (type instanceof DeclaredType declared) {
      if (declared.asElement() instanceof TypeElement element
          && element.getKind() == ElementKind.RECORD) {
        records.add(element);
      }
      declared.getTypeArguments().forEach(argument -> records.addAll(recordsIn(argument)));
    }
    return records;
  }
}
