package dev.geneva.udtf.processor.analyze;

import com.palantir.javapoet.ClassName;
import dev.geneva.udtf.GeneratedNames;
import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.diagnostic.Site;
import dev.geneva.udtf.processor.model.ParameterModel;
import dev.geneva.udtf.processor.model.UdtfModel;
import dev.geneva.udtf.processor.model.UdtfModel.Settings;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/** From a record or class with {@code @Udtf} to a function. */
public final class ClassAnalysis {

  private final Compiler compiler;
  private final SettingsAnalysis settings;
  private final ParameterAnalysis parameters;
  private final ConstructorAnalysis constructors;

  /**
   * An analysis.
   *
   * @param required is told of the output's record
   */
  public ClassAnalysis(Compiler compiler, RequiredRecords required) {
    this.compiler = compiler;
    this.settings = new SettingsAnalysis(compiler, required);
    this.parameters = new ParameterAnalysis(compiler);
    this.constructors = new ConstructorAnalysis(compiler);
  }

  /**
   * Analyses a type.
   *
   * @return empty if something is wrong, which has been reported
   * @throws UnresolvedTypeException if a type that it needs isn't there (yet)
   */
  public Optional<UdtfModel> analyze(TypeElement type) {
    int errorsBefore = compiler.reporter().errors();
    MirroredAnnotation udtf = MirroredAnnotation.find(type, Annotations.UDTF).orElseThrow();
    if (!checkForm(type, udtf)) {
      return Optional.empty();
    }
    String binaryName = compiler.binaryName(type);
    Optional<Settings> analyzed =
        settings.analyze(udtf, type, type.getSimpleName().toString(), binaryName);
    List<VariableElement> variables =
        type.getKind() == ElementKind.RECORD ? fieldsOf(type) : constructors.parametersOf(type);
    List<ParameterModel> models = parameters.analyze(variables);
    if (analyzed.isEmpty() || compiler.reporter().errors() > errorsBefore) {
      return Optional.empty();
    }
    return Optional.of(
        new UdtfModel(
            type,
            ClassName.get(type),
            Compiler.className(GeneratedNames.descriptorOf(binaryName)),
            Optional.empty(),
            analyzed.get(),
            models,
            compiler.traits(
                type,
                compiler.isDeprecated(type)
                    || variables.stream().anyMatch(compiler.elements()::isDeprecated))));
  }

  /** The components' fields, whose place in the source compilers know. */
  private static List<VariableElement> fieldsOf(TypeElement type) {
    return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
        .filter(field -> !field.getModifiers().contains(Modifier.STATIC))
        .toList();
  }

  private boolean checkForm(TypeElement type, MirroredAnnotation udtf) {
    boolean isClass = type.getKind() == ElementKind.RECORD || type.getKind() == ElementKind.CLASS;
    if (!isClass || type.getModifiers().contains(Modifier.ABSTRACT)) {
      compiler
          .reporter()
          .report(Diagnostic.UDTF_ON_WRONG_KIND, udtf.site(), type.getSimpleName(), Kinds.of(type));
      return false;
    }
    if (type.getNestingKind() == NestingKind.MEMBER
        && !type.getModifiers().contains(Modifier.STATIC)) {
      compiler
          .reporter()
          .report(
              Diagnostic.INNER_CLASS, Site.of(type), type.getSimpleName(), Compiler.around(type));
      return false;
    }
    Optional<TypeElement> hidden = Compiler.privatePart(type);
    if (hidden.isPresent()) {
      compiler
          .reporter()
          .report(
              Diagnostic.INACCESSIBLE_TYPE, Site.of(hidden.get()), hidden.get().getSimpleName());
      return false;
    }
    if (!type.getTypeParameters().isEmpty()) {
      compiler.reporter().report(Diagnostic.GENERIC_TYPE, Site.of(type), type.getSimpleName());
      return false;
    }
    if (!compiler.isA(type.asType(), "dev.geneva.udtf.BatchUdtf")) {
      compiler.reporter().report(Diagnostic.NOT_A_BATCH_UDTF, Site.of(type), type.getSimpleName());
      return false;
    }
    return true;
  }
}
