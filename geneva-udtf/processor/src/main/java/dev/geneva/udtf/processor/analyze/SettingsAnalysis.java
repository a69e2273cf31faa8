package dev.geneva.udtf.processor.analyze;

import dev.geneva.udtf.processor.diagnostic.Diagnostic;
import dev.geneva.udtf.processor.model.OutputModel;
import dev.geneva.udtf.processor.model.PartitioningModel;
import dev.geneva.udtf.processor.model.UdtfModel.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;

/** From {@code @Udtf} to what it says, wherever it stands. */
final class SettingsAnalysis {

  private final Compiler compiler;
  private final OutputAnalysis outputs;
  private final ErrorRuleAnalysis errorRules;

  SettingsAnalysis(Compiler compiler, RequiredRecords required) {
    this.compiler = compiler;
    this.outputs = new OutputAnalysis(compiler, required);
    this.errorRules = new ErrorRuleAnalysis(compiler.reporter());
  }

  /**
   * Analyses an annotation.
   *
   * @param owner the class that it is on or in
   * @param label the function, as messages name it
   * @param defaultName the function's name if none is set
   * @return empty if something is wrong, which has been reported
   */
  Optional<Settings> analyze(
      MirroredAnnotation udtf, TypeElement owner, String label, String defaultName) {
    int errorsBefore = compiler.reporter().errors();
    Optional<OutputModel> output = outputs.analyze(udtf, owner, label);
    List<String> inputColumns = inputColumns(udtf, label);
    PartitioningModel partitioning = partitioning(udtf, label);
    double cpus = udtf.number("numCpus");
    if (!(cpus > 0) || Double.isInfinite(cpus)) {
      compiler.reporter().report(Diagnostic.CPUS_NOT_POSITIVE, udtf.site("numCpus"), cpus);
    }
    double gpus = udtf.number("numGpus");
    if (!(gpus >= 0) || Double.isInfinite(gpus)) {
      compiler.reporter().report(Diagnostic.GPUS_NEGATIVE, udtf.site("numGpus"), gpus);
    }
    OptionalLong memory = memory(udtf);
    var rules = errorRules.analyze(udtf.annotations("onError"));
    if (output.isEmpty() || compiler.reporter().errors() > errorsBefore) {
      return Optional.empty();
    }
    String name = udtf.text("name");
    return Optional.of(
        new Settings(
            name.isEmpty() ? defaultName : name,
            udtf.text("version"),
            output.get(),
            inputColumns,
            partitioning,
            cpus,
            gpus,
            memory,
            rules));
  }

  private List<String> inputColumns(MirroredAnnotation udtf, String label) {
    List<String> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (AnnotationValue value : udtf.array("inputColumns")) {
      String column = String.valueOf(value.getValue());
      if (column.isBlank()) {
        compiler
            .reporter()
            .report(Diagnostic.BLANK_COLUMN, udtf.site(value), "inputColumns of " + label);
      } else if (!seen.add(column)) {
        compiler
            .reporter()
            .report(Diagnostic.DUPLICATE_INPUT_COLUMN, udtf.site(value), label, column);
      }
      columns.add(column);
    }
    return columns;
  }

  private PartitioningModel partitioning(MirroredAnnotation udtf, String label) {
    String column = partitionColumn(udtf, "partitionBy", label);
    String indexed = partitionColumn(udtf, "partitionByIndexedColumn", label);
    if (!column.isEmpty() && !indexed.isEmpty()) {
      compiler
          .reporter()
          .report(Diagnostic.BOTH_PARTITION_OPTIONS, udtf.site("partitionByIndexedColumn"), label);
    }
    if (!column.isEmpty()) {
      return new PartitioningModel.ByColumn(column);
    }
    return indexed.isEmpty()
        ? new PartitioningModel.None()
        : new PartitioningModel.ByIndexedColumn(indexed);
  }

  private String partitionColumn(MirroredAnnotation udtf, String member, String label) {
    String column = udtf.text(member);
    if (!column.isEmpty() && column.isBlank()) {
      compiler
          .reporter()
          .report(Diagnostic.BLANK_COLUMN, udtf.site(member), member + " of " + label);
    }
    return column;
  }

  private OptionalLong memory(MirroredAnnotation udtf) {
    String memory = udtf.text("memory");
    if (memory.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Quantity.bytes(memory));
    } catch (Quantity.UnreadableException e) {
      compiler
          .reporter()
          .report(Diagnostic.UNREADABLE_MEMORY, udtf.site("memory"), memory, e.reason());
      return OptionalLong.empty();
    }
  }
}
