package dev.geneva.udtf.processor.model;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/**
 * A class with functions as static methods, for which a class that makes them is generated.
 *
 * @param origin the class that declares them
 * @param owner its name
 * @param name the generated class's name
 * @param isPublic whether the declaring class is public
 * @param functions in the order of the source
 * @param traits what the generated class has to be careful of
 */
public record FunctionsModel(
    TypeElement origin,
    ClassName owner,
    ClassName name,
    boolean isPublic,
    List<FunctionModel> functions,
    Traits traits) {

  /**
   * A static method.
   *
   * @param method its name
   * @param udtf the name of the generated record that implements {@code BatchUdtf}
   * @param parameters those after the source and the collector
   * @param isPublic whether it, and all that it shows, is public
   * @param descriptor its descriptor; empty if what its annotation says is wrong
   */
  public record FunctionModel(
      String method,
      ClassName udtf,
      List<ParameterModel> parameters,
      boolean isPublic,
      Optional<UdtfModel> descriptor) {}
}
