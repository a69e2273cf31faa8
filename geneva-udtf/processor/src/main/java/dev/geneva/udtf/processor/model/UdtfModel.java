package dev.geneva.udtf.processor.model;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.lang.model.element.TypeElement;

/**
 * A function for which a descriptor is generated.
 *
 * @param origin the class from which all of it is generated
 * @param udtf the class that implements {@code BatchUdtf}
 * @param descriptor the descriptor's name
 * @param codeClass the class with the code, if it isn't the function's
 * @param settings what the annotation says
 * @param parameters in order
 * @param traits what the descriptor has to be careful of
 */
public record UdtfModel(
    TypeElement origin,
    ClassName udtf,
    ClassName descriptor,
    Optional<ClassName> codeClass,
    Settings settings,
    List<ParameterModel> parameters,
    Traits traits) {

  /**
   * What {@code @Udtf} says.
   *
   * @param name the function's name
   * @param version its version; empty for a digest
   * @param output where its schema comes from
   * @param inputColumns the visible columns; empty for all
   * @param partitioning how the source is split
   * @param numCpus CPUs for a call
   * @param numGpus GPUs for a call
   * @param memoryBytes bytes for a call
   * @param errorRules what happens on errors
   */
  public record Settings(
      String name,
      String version,
      OutputModel output,
      List<String> inputColumns,
      PartitioningModel partitioning,
      double numCpus,
      double numGpus,
      OptionalLong memoryBytes,
      List<ErrorRuleModel> errorRules) {}
}
