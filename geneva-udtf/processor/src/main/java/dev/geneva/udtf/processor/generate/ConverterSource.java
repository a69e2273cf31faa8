package dev.geneva.udtf.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.geneva.udtf.processor.model.ColumnModel;
import dev.geneva.udtf.processor.model.PrimitiveColumn;
import dev.geneva.udtf.processor.model.RecordModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** The source of a record's converter. */
public final class ConverterSource {

  private static final String RUNTIME = "dev.geneva.udtf.runtime";
  private static final ClassName CONVERTER = ClassName.get(RUNTIME, "GeneratedConverter");
  private static final ClassName COLUMN = ClassName.get(RUNTIME, "Column");
  private static final ClassName COLUMN_READER = ClassName.get(RUNTIME, "ColumnReader");
  private static final ClassName PRIMITIVES = ClassName.get(RUNTIME, "Primitives");
  private static final ClassName MASK = ClassName.get(RUNTIME, "Mask");
  private static final ClassName ROW_READER =
      ClassName.get("dev.geneva.udtf", "ArrowRecordConverter", "RowReader");
  private static final ClassName SCHEMA =
      ClassName.get("org.apache.arrow.vector.types.pojo", "Schema");
  private static final ClassName FIELD_VECTOR =
      ClassName.get("org.apache.arrow.vector", "FieldVector");
  private static final ClassName BIT_VECTOR_HELPER =
      ClassName.get("org.apache.arrow.vector", "BitVectorHelper");
  private static final ClassName ARROW_BUF = ClassName.get("org.apache.arrow.memory", "ArrowBuf");

  private final RecordModel model;
  private final TypeName records;
  private final TypeName vectors =
      ParameterizedTypeName.get(ClassName.get(List.class), FIELD_VECTOR);

  private ConverterSource(RecordModel model) {
    this.model = model;
    this.records =
        ParameterizedTypeName.get(
            ClassName.get(List.class), WildcardTypeName.subtypeOf(model.name()));
  }

  /** The file of a record's converter. */
  public static JavaFile of(RecordModel model) {
    return new ConverterSource(model).file();
  }

  private JavaFile file() {
    TypeSpec.Builder type =
        GeneratedType.named(
                model.converter(),
                model.element(),
                model.traits(),
                CodeBlock.of("Converts between {@link $T} and Arrow columns.\n", model.name()))
            .addModifiers(Modifier.PUBLIC)
            .superclass(ParameterizedTypeName.get(CONVERTER, model.name()));
    for (ColumnModel column : model.columns()) {
      type.addField(constantOf(column));
    }
    type.addField(schema());
    type.addMethod(
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc("A converter; all are alike.\n")
            .addStatement("super($T.class, SCHEMA)", model.name())
            .build());
    type.addMethod(writeColumns());
    type.addMethod(
        GeneratedType.overrideProtected("readColumns")
            .returns(ParameterizedTypeName.get(ROW_READER, model.name()))
            .addParameter(vectors, "vectors")
            .addStatement("return new Reader(vectors)")
            .build());
    for (ColumnModel column : model.columns()) {
      type.addMethod(
          column
              .type()
              .primitive()
              .map(primitive -> writePrimitive(column, primitive))
              .orElseGet(() -> writeObjects(column)));
    }
    type.addType(reader());
    return GeneratedType.file(model.converter(), type.build());
  }

  private static FieldSpec constantOf(ColumnModel column) {
    return FieldSpec.builder(
            ParameterizedTypeName.get(COLUMN, column.type().values()),
            constantName(column),
            Modifier.PRIVATE,
            Modifier.STATIC,
            Modifier.FINAL)
        .initializer(
            "$T.$L($S, $L)",
            COLUMN,
            column.nullable() ? "nullable" : "of",
            column.name(),
            column.type().codec())
        .build();
  }

  /** Begins with C so that no component, such as {@code schema}, clashes with another constant. */
  private static String constantName(ColumnModel column) {
    return "COLUMN_" + column.component();
  }

  private FieldSpec schema() {
    return FieldSpec.builder(SCHEMA, "SCHEMA", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(
            "$T.schemaOf($L)",
            COLUMN,
            model.columns().stream()
                .map(ConverterSource::constantName)
                .collect(Collectors.joining(", ")))
        .build();
  }

  private MethodSpec writeColumns() {
    MethodSpec.Builder method =
        GeneratedType.overrideProtected("writeColumns")
            .addParameter(records, "records")
            .addParameter(vectors, "vectors");
    if (model.columns().stream().anyMatch(column -> column.type().primitive().isEmpty())) {
      method.addStatement("$T mask = maskOf(records)", MASK);
    }
    int index = 0;
    for (ColumnModel column : model.columns()) {
      method.addStatement(
          "write_$L(records, $Lvectors.get($L))",
          column.component(),
          column.type().primitive().isPresent() ? "" : "mask, ",
          index);
      index++;
    }
    return method.build();
  }

  /** A loop rather than a method reference, which costs compilers and start-up more. */
  private MethodSpec writeObjects(ColumnModel column) {
    TypeName values = ParameterizedTypeName.get(ClassName.get(List.class), column.type().values());
    return MethodSpec.methodBuilder("write_" + column.component())
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addParameter(records, "records")
        .addParameter(MASK, "mask")
        .addParameter(FIELD_VECTOR, "vector")
        .addStatement("$T values = new $T<>(records.size())", values, ArrayList.class)
        .beginControlFlow("for ($T present : records)", model.name())
        .addStatement("values.add(present == null ? null : present.$L())", column.component())
        .endControlFlow()
        .addStatement("$L.write(values, mask, vector)", constantName(column))
        .build();
  }

  private MethodSpec writePrimitive(ColumnModel column, PrimitiveColumn primitive) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("write_" + column.component())
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
            .addParameter(records, "records")
            .addParameter(FIELD_VECTOR, "vector")
            .addStatement("$T data = $T.allocate(vector, records.size())", ARROW_BUF, PRIMITIVES);
    switch (primitive) {
      case BOOL ->
          method
              .addStatement("int row = 0")
              .beginControlFlow("for ($T present : records)", model.name())
              .beginControlFlow("if (present != null && present.$L())", column.component())
              .addStatement("$T.setBit(data, row)", BIT_VECTOR_HELPER)
              .endControlFlow()
              .addStatement("row++")
              .endControlFlow();
      case FLOAT16 ->
          method
              .addStatement("int row = 0")
              .beginControlFlow("for ($T present : records)", model.name())
              .beginControlFlow("if (present != null)")
              .addStatement(
                  "data.setShort(row * 2L, $T.halfFloat(present.$L(), vector, row))",
                  PRIMITIVES,
                  column.component())
              .endControlFlow()
              .addStatement("row++")
              .endControlFlow();
      default ->
          method
              .addStatement("long offset = 0")
              .beginControlFlow("for ($T present : records)", model.name())
              .beginControlFlow("if (present != null)")
              .addStatement("data.$L(offset, present.$L())", primitive.setter(), column.component())
              .endControlFlow()
              .addStatement("offset += $L", primitive.width())
              .endControlFlow();
    }
    return method.build();
  }

  private TypeSpec reader() {
    TypeSpec.Builder reader =
        TypeSpec.classBuilder("Reader")
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addSuperinterface(ParameterizedTypeName.get(ROW_READER, model.name()));
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder().addParameter(vectors, "vectors");
    int index = 0;
    for (ColumnModel column : model.columns()) {
      var primitive = column.type().primitive();
      TypeName type =
          primitive.isPresent()
              ? primitive.get().vector()
              : ParameterizedTypeName.get(COLUMN_READER, column.type().values());
      reader.addField(type, column.component(), Modifier.PRIVATE, Modifier.FINAL);
      if (primitive.isPresent()) {
        constructor.addStatement("this.$L = ($T) vectors.get($L)", column.component(), type, index);
      } else {
        constructor.addStatement(
            "this.$L = $L.reader(vectors.get($L))",
            column.component(),
            constantName(column),
            index);
      }
      index++;
    }
    return reader
        .addMethod(constructor.build())
        .addMethod(
            GeneratedType.override("read")
                .returns(model.name())
                .addParameter(int.class, "row")
                .addStatement(
                    "return new $T(\n$L)",
                    model.name(),
                    model.columns().stream()
                        .map(ConverterSource::readExpression)
                        .collect(CodeBlock.joining(",\n")))
                .build())
        .build();
  }

  private static CodeBlock readExpression(ColumnModel column) {
    return column.type().primitive().isPresent()
        ? CodeBlock.of("$T.read(this.$L, row)", PRIMITIVES, column.component())
        : CodeBlock.of("this.$L.read(row)", column.component());
  }
}
