package dev.geneva.udtf.runtime;

import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.ErrorPolicy;
import dev.geneva.udtf.Partitioning;
import dev.geneva.udtf.Resources;
import dev.geneva.udtf.UdtfDescriptor;
import dev.geneva.udtf.UdtfParameter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all generated descriptors have in common, so that little is generated and compiled for each:
 * they keep what is known. The subclass makes instances and reads them.
 *
 * @param <U> the function's class
 */
public abstract class GeneratedDescriptor<U extends BatchUdtf> implements UdtfDescriptor<U> {

  private final Class<U> udtfClass;
  private final String name;
  private final String version;
  private final List<String> inputColumns;
  private final Partitioning partitioning;
  private final Resources resources;
  private final ErrorPolicy errorPolicy;
  private final List<UdtfParameter> parameters;

  /** For a generated subclass; the parameters are those of {@link UdtfDescriptor}, by name. */
  protected GeneratedDescriptor(
      Class<U> udtfClass,
      String name,
      String version,
      List<String> inputColumns,
      Partitioning partitioning,
      Resources resources,
      ErrorPolicy errorPolicy,
      List<UdtfParameter> parameters) {
    this.udtfClass = udtfClass;
    this.name = name;
    this.version = version;
    this.inputColumns = List.copyOf(inputColumns);
    this.partitioning = partitioning;
    this.resources = resources;
    this.errorPolicy = errorPolicy;
    this.parameters = List.copyOf(parameters);
  }

  /** The values of an instance's parameters, in order. */
  protected abstract @Nullable Object[] valuesOf(U udtf);

  @Override
  public final Class<U> udtfClass() {
    return udtfClass;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String version() {
    return version;
  }

  @Override
  public final List<String> inputColumns() {
    return inputColumns;
  }

  @Override
  public final Partitioning partitioning() {
    return partitioning;
  }

  @Override
  public final Resources resources() {
    return resources;
  }

  @Override
  public final ErrorPolicy errorPolicy() {
    return errorPolicy;
  }

  @Override
  public final List<UdtfParameter> parameters() {
    return parameters;
  }

  @Override
  public final List<@Nullable Object> parameterValues(U udtf) {
    // Not List.of, which refuses null.
    return Collections.unmodifiableList(Arrays.asList(valuesOf(udtf)));
  }
}
