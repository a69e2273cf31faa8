package dev.geneva.udtf.processor.generate;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.geneva.udtf.processor.model.OutputModel;
import dev.geneva.udtf.processor.model.PartitioningModel;
import dev.geneva.udtf.processor.model.UdtfModel;
import dev.geneva.udtf.processor.model.UdtfModel.Settings;
import java.util.List;
import java.util.OptionalLong;
import javax.lang.model.element.Modifier;

/** The source of a function's descriptor. */
public final class DescriptorSource {

  private static final String API = "dev.geneva.udtf";
  private static final ClassName DESCRIPTOR =
      ClassName.get(API + ".runtime", "GeneratedDescriptor");
  private static final ClassName PARAMETER = ClassName.get(API, "UdtfParameter");
  private static final ClassName PARTITIONING = ClassName.get(API, "Partitioning");
  private static final ClassName RESOURCES = ClassName.get(API, "Resources");
  private static final ClassName GENERIC_TYPES = ClassName.get(API + ".runtime", "GenericTypes");
  private static final ClassName SCHEMA =
      ClassName.get("org.apache.arrow.vector.types.pojo", "Schema");
  private static final ClassName LIST = ClassName.get(List.class);

  private final UdtfModel model;
  private final Settings settings;

  private DescriptorSource(UdtfModel model) {
    this.model = model;
    this.settings = model.settings();
  }

  /** The file of a function's descriptor. */
  public static JavaFile of(UdtfModel model) {
    return new DescriptorSource(model).file();
  }

  private JavaFile file() {
    TypeSpec.Builder type =
        GeneratedType.named(
                model.descriptor(),
                model.origin(),
                model.traits(),
                CodeBlock.of("Describes {@link $T} to Geneva.\n", model.udtf()))
            .addModifiers(Modifier.PUBLIC)
            .superclass(ParameterizedTypeName.get(DESCRIPTOR, model.udtf()));
    type.addMethod(constructor());
    model
        .codeClass()
        .ifPresent(
            code ->
                type.addMethod(
                    getter(
                        "codeClass",
                        ParameterizedTypeName.get(
                            ClassName.get(Class.class), WildcardTypeName.subtypeOf(Object.class)),
                        CodeBlock.of("$T.class", code))));
    type.addMethod(getter("outputSchema", SCHEMA, outputSchema()));
    type.addMethod(valuesOf());
    type.addMethod(create());
    return GeneratedType.file(model.descriptor(), type.build());
  }

  private MethodSpec constructor() {
    CodeBlock arguments =
        CodeBlock.join(
            List.of(
                CodeBlock.of("$T.class", model.udtf()),
                CodeBlock.of("$S", settings.name()),
                CodeBlock.of("$S", settings.version()),
                inputColumns(),
                partitioning(),
                resources(),
                ErrorPolicyCode.of(settings.errorRules()),
                parameters()),
            ",\n");
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc("A descriptor; all are alike.\n")
        .addStatement("super(\n$L)", arguments)
        .build();
  }

  private static MethodSpec getter(String name, TypeName type, CodeBlock value) {
    return GeneratedType.override(name).returns(type).addStatement("return $L", value).build();
  }

  private CodeBlock inputColumns() {
    return CodeBlock.of(
        "$T.of($L)",
        LIST,
        settings.inputColumns().stream()
            .map(column -> CodeBlock.of("$S", column))
            .collect(CodeBlock.joining(", ")));
  }

  private CodeBlock resources() {
    CodeBlock memory =
        settings.memoryBytes().isPresent()
            ? CodeBlock.of("$T.of($LL)", OptionalLong.class, settings.memoryBytes().getAsLong())
            : CodeBlock.of("$T.empty()", OptionalLong.class);
    return CodeBlock.of(
        "new $T($L, $L, $L)", RESOURCES, settings.numCpus(), settings.numGpus(), memory);
  }

  private CodeBlock partitioning() {
    PartitioningModel partitioning = settings.partitioning();
    if (partitioning instanceof PartitioningModel.ByColumn by) {
      return CodeBlock.of("$T.byColumn($S)", PARTITIONING, by.column());
    }
    if (partitioning instanceof PartitioningModel.ByIndexedColumn by) {
      return CodeBlock.of("$T.byIndexedColumn($S)", PARTITIONING, by.column());
    }
    return CodeBlock.of("$T.none()", PARTITIONING);
  }

  private CodeBlock outputSchema() {
    OutputModel output = settings.output();
    if (output instanceof OutputModel.OfMember member) {
      return CodeBlock.of(member.isMethod() ? "$T.$L()" : "$T.$L", member.owner(), member.member());
    }
    return CodeBlock.of("new $T().schema()", ((OutputModel.OfRecord) output).converter());
  }

  private CodeBlock parameters() {
    return CodeBlock.of(
        "$T.of($L)",
        LIST,
        model.parameters().stream()
            .map(
                parameter ->
                    CodeBlock.of(
                        "new $T($S, $L, $L)",
                        PARAMETER,
                        parameter.name(),
                        typeExpression(parameter.type()),
                        parameter.nullable()))
            .collect(CodeBlock.joining(", ")));
  }

  private static CodeBlock typeExpression(TypeName type) {
    if (!isGeneric(type)) {
      return CodeBlock.of("$T.class", type);
    }
    if (type instanceof ArrayTypeName array) {
      return CodeBlock.of("$T.arrayOf($L)", GENERIC_TYPES, typeExpression(array.componentType()));
    }
    ParameterizedTypeName parameterized = (ParameterizedTypeName) type;
    return CodeBlock.of(
        "$T.of($T.class, $L)",
        GENERIC_TYPES,
        parameterized.rawType(),
        parameterized.typeArguments().stream()
            .map(DescriptorSource::typeExpression)
            .collect(CodeBlock.joining(", ")));
  }

  private static boolean isGeneric(TypeName type) {
    return type instanceof ParameterizedTypeName
        || (type instanceof ArrayTypeName array && isGeneric(array.componentType()));
  }

  private MethodSpec valuesOf() {
    return GeneratedType.overrideProtected("valuesOf")
        .returns(ArrayTypeName.of(Object.class))
        .addParameter(model.udtf(), "udtf")
        .addStatement(
            "return new $T[] {$L}",
            Object.class,
            model.parameters().stream()
                .map(parameter -> CodeBlock.of("udtf.$L()", parameter.name()))
                .collect(CodeBlock.joining(", ")))
        .build();
  }

  private MethodSpec create() {
    MethodSpec.Builder method =
        GeneratedType.override("create")
            .returns(model.udtf())
            .addParameter(
                ParameterizedTypeName.get(LIST, WildcardTypeName.subtypeOf(Object.class)),
                "values");
    if (model.parameters().stream().anyMatch(parameter -> isGeneric(parameter.type()))) {
      method.addAnnotation(
          AnnotationSpec.builder(SuppressWarnings.class)
              .addMember("value", "$S", "unchecked")
              .build());
    }
    CodeBlock.Builder arguments = CodeBlock.builder();
    for (int i = 0; i < model.parameters().size(); i++) {
      arguments.add(
          "$L($T) values.get($L)",
          i == 0 ? "" : ", ",
          model.parameters().get(i).type().isPrimitive()
              ? model.parameters().get(i).type().box()
              : model.parameters().get(i).type(),
          i);
    }
    return method.addStatement("return new $T($L)", model.udtf(), arguments.build()).build();
  }
}
