package dev.geneva.udtf.processor.analyze;

import com.palantir.javapoet.ClassName;
import dev.geneva.udtf.GeneratedNames;
import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.diagnostic.Site;
import dev.geneva.udtf.processor.model.ColumnModel;
import dev.geneva.udtf.processor.model.ColumnType;
import dev.geneva.udtf.processor.model.RecordModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** From a record to its columns. */
public final class RecordAnalysis {

  private final Compiler compiler;
  private final ColumnTypes columnTypes;

  /**
   * An analysis.
   *
   * @param required is told of the records that the components need
   */
  public RecordAnalysis(Compiler compiler, RequiredRecords required) {
    this.compiler = compiler;
    this.columnTypes = new ColumnTypes(compiler, new StructTypes(compiler, required));
  }

  /**
   * Analyses a record.
   *
   * @return empty if it is wrong, which has been reported
   * @throws UnresolvedTypeException if a component's type isn't there (yet)
   */
  public Optional<RecordModel> analyze(TypeElement type) {
    int errorsBefore = compiler.reporter().errors();
    if (!type.getTypeParameters().isEmpty()) {
      compiler.reporter().report(Diagnostic.GENERIC_TYPE, Site.of(type), type.getSimpleName());
      return Optional.empty();
    }
    List<VariableElement> components = componentsOf(type);
    if (components.isEmpty()) {
      compiler
          .reporter()
          .report(Diagnostic.RECORD_WITHOUT_COMPONENTS, Site.of(type), type.getSimpleName());
    }
    List<ColumnModel> columns = new ArrayList<>();
    Map<String, String> componentsByColumn = new LinkedHashMap<>();
    for (VariableElement component : components) {
      String column = columnName(component);
      String earlier = componentsByColumn.putIfAbsent(column, component.getSimpleName().toString());
      if (earlier != null) {
        compiler
            .reporter()
            .report(
                Diagnostic.DUPLICATE_COLUMN,
                Site.of(component),
                component.getSimpleName(),
                column,
                earlier);
      }
      column(component, column).ifPresent(columns::add);
    }
    if (compiler.reporter().errors() > errorsBefore) {
      return Optional.empty();
    }
    return Optional.of(
        new RecordModel(
            type,
            ClassName.get(type),
            Compiler.className(GeneratedNames.converterOf(compiler.binaryName(type))),
            columns,
            compiler.traits(type, isDeprecated(type, components))));
  }

  /**
   * The fields of the components: unlike the components themselves, compilers can tell where in the
   * source they are.
   */
  private static List<VariableElement> componentsOf(TypeElement type) {
    return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
        .filter(field -> !field.getModifiers().contains(Modifier.STATIC))
        .toList();
  }

  private String columnName(VariableElement component) {
    Optional<MirroredAnnotation> field =
        MirroredAnnotation.find(component, Annotations.ARROW_FIELD)
            .filter(annotation -> annotation.isSet("name"));
    if (field.isEmpty()) {
      return SnakeCase.of(component.getSimpleName().toString());
    }
    String name = field.get().text("name");
    if (name.isBlank()) {
      compiler
          .reporter()
          .report(
              Diagnostic.BLANK_COLUMN,
              field.get().site("name"),
              "component '" + component.getSimpleName() + "'");
    }
    return name;
  }

  private Optional<ColumnModel> column(VariableElement component, String name) {
    TypeMirror type = component.asType();
    boolean nullable = TypeNames.isNullable(type);
    if (nullable && type instanceof PrimitiveType primitive) {
      compiler
          .reporter()
          .report(
              Diagnostic.NULLABLE_PRIMITIVE,
              Site.of(component),
              "component '" + component.getSimpleName() + "'",
              "@Nullable " + compiler.types().boxedClass(primitive).getSimpleName());
    }
    Optional<ColumnType> resolved =
        columnTypes.resolve(component, type, Refinements.of(component, type));
    return resolved.map(
        column -> new ColumnModel(component.getSimpleName().toString(), name, column, nullable));
  }

  private boolean isDeprecated(TypeElement type, List<VariableElement> components) {
    return compiler.isDeprecated(type)
        || components.stream()
            .anyMatch(
                component ->
                    compiler.elements().isDeprecated(component)
                        || Compiler.elementOf(component.asType())
                            .map(compiler::isDeprecated)
                            .orElse(false));
  }
}
