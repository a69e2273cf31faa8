package dev.geneva.udtf.processor.analyze;

import com.palantir.javapoet.ClassName;
import dev.geneva.udtf.GeneratedNames;
import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.diagnostic.Spelling;
import dev.geneva.udtf.processor.model.OutputModel;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Where a function's output schema comes from. */
final class OutputAnalysis {

  private static final String SCHEMA = "org.apache.arrow.vector.types.pojo.Schema";

  private final Compiler compiler;
  private final RequiredRecords required;

  OutputAnalysis(Compiler compiler, RequiredRecords required) {
    this.compiler = compiler;
    this.required = required;
  }

  Optional<OutputModel> analyze(MirroredAnnotation udtf, TypeElement owner, String label) {
    Optional<TypeMirror> record =
        udtf.type("output").filter(type -> type.getKind() != TypeKind.VOID);
    boolean unknown = udtf.isSet("output") && udtf.type("output").isEmpty();
    if (unknown || record.map(type -> type.getKind() == TypeKind.ERROR).orElse(false)) {
      throw new UnresolvedTypeException("output of " + label);
    }
    String schema = udtf.text("outputSchema");
    if (record.isPresent() && !schema.isEmpty()) {
      compiler.reporter().report(Diagnostic.BOTH_OUTPUTS, udtf.site("outputSchema"), label);
      return Optional.empty();
    }
    if (record.isPresent()) {
      return ofRecord(udtf, owner, label, record.get());
    }
    if (!schema.isEmpty()) {
      return ofMember(udtf, owner, label, schema);
    }
    compiler.reporter().report(Diagnostic.NO_OUTPUT, udtf.site(), label);
    return Optional.empty();
  }

  private Optional<OutputModel> ofRecord(
      MirroredAnnotation udtf, TypeElement owner, String label, TypeMirror type) {
    Optional<TypeElement> element =
        Compiler.elementOf(type).filter(e -> e.getKind() == ElementKind.RECORD);
    if (element.isEmpty()) {
      compiler
          .reporter()
          .report(Diagnostic.OUTPUT_NOT_A_RECORD, udtf.site("output"), label, TypeNames.of(type));
      return Optional.empty();
    }
    if (!required.require(element.get(), udtf.site("output"), owner)) {
      return Optional.empty();
    }
    return Optional.of(
        new OutputModel.OfRecord(
            Compiler.className(GeneratedNames.converterOf(compiler.binaryName(element.get())))));
  }

  private Optional<OutputModel> ofMember(
      MirroredAnnotation udtf, TypeElement owner, String label, String name) {
    List<? extends Element> members =
        compiler.elements().getAllMembers(owner).stream()
            .filter(member -> member.getSimpleName().contentEquals(name))
            .filter(member -> isField(member) || member.getKind() == ElementKind.METHOD)
            .toList();
    if (members.isEmpty()) {
      List<String> candidates =
          compiler.elements().getAllMembers(owner).stream()
              .filter(member -> problem(member).isEmpty())
              .map(member -> member.getSimpleName().toString())
              .toList();
      compiler
          .reporter()
          .report(
              Diagnostic.UNKNOWN_OUTPUT_SCHEMA,
              udtf.site("outputSchema"),
              label,
              name,
              owner.getSimpleName(),
              Spelling.didYouMean(name, candidates),
              name,
              owner.getSimpleName());
      return Optional.empty();
    }
    for (Element member : members) {
      if (problem(member).isEmpty()) {
        return Optional.of(
            new OutputModel.OfMember(
                ClassName.get(owner), name, member.getKind() == ElementKind.METHOD));
      }
    }
    compiler
        .reporter()
        .report(
            Diagnostic.UNUSABLE_OUTPUT_SCHEMA,
            udtf.site("outputSchema"),
            label,
            name,
            problem(members.get(0)).orElseThrow());
    return Optional.empty();
  }

  private static boolean isField(Element member) {
    return member.getKind() == ElementKind.FIELD;
  }

  /** Why a member can't give the schema, in words that follow "which"; empty if it can. */
  private Optional<String> problem(Element member) {
    TypeMirror type;
    if (isField(member)) {
      type = member.asType();
    } else if (member instanceof ExecutableElement method
        && member.getKind() == ElementKind.METHOD) {
      type = method.getReturnType();
      if (!method.getParameters().isEmpty()) {
        return Optional.of("has parameters");
      }
    } else {
      return Optional.of("is neither a field nor a method");
    }
    if (!compiler.isA(type, SCHEMA) || type.getKind() != TypeKind.DECLARED) {
      return Optional.of("is of type " + TypeNames.of(type));
    }
    if (!member.getModifiers().contains(Modifier.STATIC)) {
      return Optional.of("isn't static");
    }
    if (member.getModifiers().contains(Modifier.PRIVATE)) {
      return Optional.of("is private");
    }
    return Optional.empty();
  }
}
