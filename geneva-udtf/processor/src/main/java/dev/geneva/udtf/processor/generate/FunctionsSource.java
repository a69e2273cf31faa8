package dev.geneva.udtf.processor.generate;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.geneva.udtf.processor.model.FunctionsModel;
import dev.geneva.udtf.processor.model.FunctionsModel.FunctionModel;
import dev.geneva.udtf.processor.model.ParameterModel;
import java.util.Arrays;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The source of a class that makes the functions of another class's static methods. */
public final class FunctionsSource {

  private static final String API = "dev.geneva.udtf";
  private static final ClassName BATCH_UDTF = ClassName.get(API, "BatchUdtf");
  private static final ClassName UDTF_SOURCE = ClassName.get(API, "UdtfSource");
  private static final ClassName COLLECTOR = ClassName.get(API, "BatchCollector");
  private static final ClassName NULLABLE = ClassName.get("org.jspecify.annotations", "Nullable");

  private FunctionsSource() {}

  /** The file of the class. */
  public static JavaFile of(FunctionsModel model) {
    TypeSpec.Builder type =
        GeneratedType.named(
            model.name(),
            model.origin(),
            model.traits(),
            CodeBlock.of("Makes the functions of {@link $T}.\n", model.owner()));
    if (model.isPublic()) {
      type.addModifiers(Modifier.PUBLIC);
    }
    type.addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    for (FunctionModel function : model.functions()) {
      type.addMethod(factory(model, function));
    }
    for (FunctionModel function : model.functions()) {
      type.addType(record(model, function));
    }
    return GeneratedType.file(model.name(), type.build());
  }

  private static MethodSpec factory(FunctionsModel model, FunctionModel function) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(function.method())
            .addModifiers(Modifier.STATIC)
            .addJavadoc(
                "The function {@code $L}; two with equal parameters are equal.\n\n",
                model.owner().simpleName() + "#" + function.method());
    for (ParameterModel parameter : function.parameters()) {
      method.addJavadoc("@param $L as the method has it\n", parameter.name());
    }
    method.addJavadoc("@return what a view is created with\n");
    if (function.isPublic()) {
      method.addModifiers(Modifier.PUBLIC);
    }
    return method
        .returns(BATCH_UDTF)
        .addParameters(parameters(function))
        .addStatement(
            "return new $T($L)",
            function.udtf(),
            CodeBlock.join(
                function.parameters().stream()
                    .map(parameter -> CodeBlock.of("$L", parameter.name()))
                    .toList(),
                ", "))
        .build();
  }

  private static List<ParameterSpec> parameters(FunctionModel function) {
    return function.parameters().stream()
        .map(parameter -> ParameterSpec.builder(typeOf(parameter), parameter.name()).build())
        .toList();
  }

  /** With {@code @Nullable}, so that a checker of the calling code knows that null is welcome. */
  private static TypeName typeOf(ParameterModel parameter) {
    return parameter.nullable()
        ? parameter.type().annotated(AnnotationSpec.builder(NULLABLE).build())
        : parameter.type();
  }

  private static TypeSpec record(FunctionsModel model, FunctionModel function) {
    CodeBlock arguments =
        CodeBlock.join(
            function.parameters().stream()
                .map(parameter -> CodeBlock.of(", this.$L", parameter.name()))
                .toList(),
            "");
    TypeSpec.Builder record =
        TypeSpec.recordBuilder(function.udtf().simpleName())
            .addSuperinterface(BATCH_UDTF)
            .recordConstructor(
                MethodSpec.constructorBuilder().addParameters(parameters(function)).build())
            .addMethod(
                GeneratedType.override("process")
                    .addException(Exception.class)
                    .addParameter(UDTF_SOURCE, "source_")
                    .addParameter(COLLECTOR, "out_")
                    .addStatement(
                        "$T.$L(source_, out_$L)", model.owner(), function.method(), arguments)
                    .build());
    if (function.parameters().stream()
        .anyMatch(parameter -> parameter.type() instanceof ArrayTypeName)) {
      addDeepEquality(record, function);
    }
    return record.build();
  }

  /** A record's own equality compares arrays by identity. */
  private static void addDeepEquality(TypeSpec.Builder record, FunctionModel function) {
    record.addMethod(
        GeneratedType.override("equals")
            .returns(boolean.class)
            .addParameter(Object.class, "other_")
            .addStatement(
                "return other_ instanceof $T that_ && $T.deepEquals(values_(), that_.values_())",
                function.udtf(),
                Arrays.class)
            .build());
    record.addMethod(
        GeneratedType.override("hashCode")
            .returns(int.class)
            .addStatement("return $T.deepHashCode(values_())", Arrays.class)
            .build());
    record.addMethod(
        MethodSpec.methodBuilder("values_")
            .addModifiers(Modifier.PRIVATE)
            .returns(Object[].class)
            .addStatement(
                "return new Object[] {$L}",
                CodeBlock.join(
                    function.parameters().stream()
                        .map(parameter -> CodeBlock.of("$L", parameter.name()))
                        .toList(),
                    ", "))
            .build());
  }
}
