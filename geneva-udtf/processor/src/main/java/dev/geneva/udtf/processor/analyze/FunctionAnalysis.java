package dev.geneva.udtf.processor.analyze;

import com.palantir.javapoet.ClassName;
import dev.geneva.udtf.GeneratedNames;
import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.diagnostic.Site;
import dev.geneva.udtf.processor.model.FunctionsModel;
import dev.geneva.udtf.processor.model.FunctionsModel.FunctionModel;
import dev.geneva.udtf.processor.model.ParameterModel;
import dev.geneva.udtf.processor.model.UdtfModel;
import dev.geneva.udtf.processor.model.UdtfModel.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** From static methods with {@code @Udtf} to functions. */
public final class FunctionAnalysis {

  private static final String SOURCE = "dev.geneva.udtf.UdtfSource";
  private static final String COLLECTOR = "dev.geneva.udtf.BatchCollector";

  /** What a record's component can't be called, and neither can an accessor. */
  private static final Set<String> RESERVED =
      Set.of(
          "clone",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toString",
          "wait",
          "process",
          "equals");

  private final Compiler compiler;
  private final SettingsAnalysis settings;
  private final ParameterAnalysis parameters;

  /**
   * An analysis.
   *
   * @param required is told of the outputs' records
   */
  public FunctionAnalysis(Compiler compiler, RequiredRecords required) {
    this.compiler = compiler;
    this.settings = new SettingsAnalysis(compiler, required);
    this.parameters = new ParameterAnalysis(compiler);
  }

  /**
   * Analyses the annotated methods of a class; what is wrong is reported.
   *
   * @return empty if there is no function
   * @throws UnresolvedTypeException if a type that it needs isn't there (yet)
   */
  public Optional<FunctionsModel> analyze(TypeElement owner) {
    List<ExecutableElement> methods =
        ElementFilter.methodsIn(owner.getEnclosedElements()).stream()
            .filter(method -> MirroredAnnotation.find(method, Annotations.UDTF).isPresent())
            .toList();
    if (methods.isEmpty()) {
      return Optional.empty();
    }
    Optional<TypeElement> hidden = Compiler.privatePart(owner);
    if (hidden.isPresent()) {
      compiler
          .reporter()
          .report(
              Diagnostic.INACCESSIBLE_TYPE, Site.of(hidden.get()), hidden.get().getSimpleName());
      return Optional.empty();
    }
    ClassName name = Compiler.className(GeneratedNames.functionsOf(compiler.binaryName(owner)));
    List<FunctionModel> functions = new ArrayList<>();
    Map<String, String> taken = new HashMap<>();
    taken.put(name.simpleName(), "the class that is generated for it");
    for (ExecutableElement method : methods) {
      ClassName udtf = name.nestedClass(capitalized(method.getSimpleName().toString()));
      String earlier =
          taken.putIfAbsent(udtf.simpleName(), "another @Udtf method of " + owner.getSimpleName());
      if (earlier != null) {
        compiler
            .reporter()
            .report(
                Diagnostic.FUNCTION_NAME_TAKEN,
                Site.of(method),
                method.getSimpleName(),
                earlier,
                name.simpleName() + "." + udtf.simpleName());
      } else if (checkForm(method)) {
        functions.add(function(owner, method, udtf));
      }
    }
    return Optional.of(
        new FunctionsModel(
            owner,
            ClassName.get(owner),
            name,
            Compiler.isPublic(owner),
            functions,
            compiler.traits(owner, isDeprecated(owner, methods))));
  }

  private FunctionModel function(TypeElement owner, ExecutableElement method, ClassName udtf) {
    int errorsBefore = compiler.reporter().errors();
    String name = method.getSimpleName().toString();
    String binaryName = compiler.binaryName(owner);
    List<? extends VariableElement> variables =
        method.getParameters().subList(2, method.getParameters().size());
    List<ParameterModel> models = parameters.analyze(variables);
    for (VariableElement variable : variables) {
      if (RESERVED.contains(variable.getSimpleName().toString())) {
        compiler
            .reporter()
            .report(
                Diagnostic.RESERVED_PARAMETER_NAME, Site.of(variable), variable.getSimpleName());
      }
    }
    Optional<Settings> analyzed =
        settings.analyze(
            MirroredAnnotation.find(method, Annotations.UDTF).orElseThrow(),
            owner,
            owner.getSimpleName() + "#" + name,
            binaryName + "#" + name);
    Optional<UdtfModel> descriptor =
        analyzed
            .filter(correct -> compiler.reporter().errors() == errorsBefore)
            .map(
                correct ->
                    new UdtfModel(
                        owner,
                        udtf,
                        Compiler.className(GeneratedNames.descriptorOf(udtf.reflectionName())),
                        Optional.of(ClassName.get(owner)),
                        correct,
                        models,
                        compiler.traits(owner, isDeprecated(owner, List.of(method)))));
    return new FunctionModel(name, udtf, models, isPublic(owner, method), descriptor);
  }

  private boolean checkForm(ExecutableElement method) {
    int errorsBefore = compiler.reporter().errors();
    Site site = Site.of(method);
    String name = method.getSimpleName().toString();
    if (!method.getModifiers().contains(Modifier.STATIC)) {
      compiler.reporter().report(Diagnostic.FUNCTION_NOT_STATIC, site, name);
    }
    if (method.getModifiers().contains(Modifier.PRIVATE)) {
      compiler.reporter().report(Diagnostic.INACCESSIBLE_FUNCTION, site, name);
    }
    if (!method.getTypeParameters().isEmpty()) {
      compiler.reporter().report(Diagnostic.GENERIC_FUNCTION, site, name);
    }
    if (method.getReturnType().getKind() != TypeKind.VOID) {
      compiler
          .reporter()
          .report(
              Diagnostic.FUNCTION_RETURNS_VALUE, site, name, TypeNames.of(method.getReturnType()));
    }
    List<TypeMirror> types =
        method.getParameters().stream().<TypeMirror>map(VariableElement::asType).toList();
    if (types.size() < 2
        || !Compiler.isNamed(types.get(0), SOURCE)
        || !Compiler.isNamed(types.get(1), COLLECTOR)) {
      compiler
          .reporter()
          .report(
              Diagnostic.FUNCTION_WITHOUT_SOURCE_AND_COLLECTOR,
              site,
              name,
              types.stream().limit(2).map(TypeNames::of).collect(Collectors.joining(", ")),
              name);
    }
    return compiler.reporter().errors() == errorsBefore;
  }

  private boolean isDeprecated(TypeElement owner, List<ExecutableElement> methods) {
    return compiler.isDeprecated(owner)
        || methods.stream().anyMatch(compiler.elements()::isDeprecated);
  }

  /** Whether a factory for the method may be public without showing what isn't. */
  private static boolean isPublic(TypeElement owner, ExecutableElement method) {
    return Compiler.isPublic(owner)
        && method.getModifiers().contains(Modifier.PUBLIC)
        && method.getParameters().stream().allMatch(parameter -> isPublic(parameter.asType()));
  }

  private static boolean isPublic(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return isPublic(array.getComponentType());
    }
    return !(type instanceof DeclaredType declared)
        || (Compiler.elementOf(type).map(Compiler::isPublic).orElse(true)
            && declared.getTypeArguments().stream().allMatch(FunctionAnalysis::isPublic));
  }

  private static String capitalized(String method) {
    return Character.toUpperCase(method.charAt(0)) + method.substring(1);
  }
}
