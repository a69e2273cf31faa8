package dev.geneva.internal.descriptor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geneva.InvalidDefinitionException;
import dev.geneva.internal.digest.CodeDigest;
import dev.geneva.internal.json.Json;
import dev.geneva.internal.text.Suggestion;
import dev.geneva.udtf.BatchUdtf;
import dev.geneva.udtf.UdtfDescriptor;
import dev.geneva.udtf.UdtfParameter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function's class together with the values of its parameters, from which any number of instances
 * can be made. Immutable.
 */
public final class UdtfBinding {

  private final UdtfDescriptor<BatchUdtf> descriptor;
  private final ObjectNode parameters;
  private final List<@Nullable Object> values;

  private UdtfBinding(UdtfDescriptor<BatchUdtf> descriptor, ObjectNode parameters) {
    this.descriptor = descriptor;
    this.parameters = parameters;
    this.values = values(descriptor, parameters);
  }

  /**
   * Takes class and parameters from an instance. They go through JSON as they will when the view is
   * opened again, so what doesn't survive that is noticed now.
   *
   * @throws InvalidDefinitionException if the class has no descriptor, or a value has no JSON form
   */
  public static UdtfBinding of(BatchUdtf udtf) {
    UdtfDescriptor<BatchUdtf> descriptor = Generated.descriptor(udtf.getClass());
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    List<@Nullable Object> values = descriptor.parameterValues(udtf);
    for (int i = 0; i < values.size(); i++) {
      String name = descriptor.parameters().get(i).name();
      try {
        parameters.set(name, Json.tree(values.get(i)));
      } catch (IllegalArgumentException e) {
        throw new InvalidDefinitionException(
            "Parameter '" + name + "' of " + descriptor.name() + " has no JSON form: " + message(e),
            e);
      }
    }
    return new UdtfBinding(descriptor, parameters);
  }

  /**
   * Finds the class of a stored view and fits the stored parameters to it.
   *
   * @param className the class's binary name
   * @param parameters a JSON object
   * @param view the view's name, for error messages
   * @throws InvalidDefinitionException if the class is missing or isn't a function, or the
   *     parameters don't fit
   */
  public static UdtfBinding reopen(String view, String className, String parameters) {
    Class<? extends BatchUdtf> type;
    try {
      type = classLoader().loadClass(className).asSubclass(BatchUdtf.class);
    } catch (ClassNotFoundException e) {
      throw new InvalidDefinitionException(
          "View '"
              + view
              + "' is computed by "
              + className
              + ", which isn't on the class path. Add the jar that holds it, or drop the view.",
          e);
    } catch (ClassCastException e) {
      throw new InvalidDefinitionException(
          "View '" + view + "' is computed by " + className + ", which is no longer a BatchUdtf.",
          e);
    }
    try {
      return new UdtfBinding(Generated.descriptor(type), Json.read(parameters, ObjectNode.class));
    } catch (InvalidDefinitionException e) {
      throw new InvalidDefinitionException("View '" + view + "': " + e.getMessage(), e);
    }
  }

  /** What is known of the function. */
  public UdtfDescriptor<BatchUdtf> descriptor() {
    return descriptor;
  }

  /** The parameters as a JSON object. */
  public String parameters() {
    return Json.write(parameters);
  }

  /** The declared version, or else the digest of the code. */
  public String version() {
    return descriptor.version().isEmpty()
        ? CodeDigest.of(descriptor.codeClass())
        : descriptor.version();
  }

  /** A new instance with these parameters. */
  public BatchUdtf newInstance() {
    return descriptor.create(values);
  }

  private static List<@Nullable Object> values(
      UdtfDescriptor<BatchUdtf> descriptor, ObjectNode stored) {
    List<String> names = descriptor.parameters().stream().map(UdtfParameter::name).toList();
    for (Iterator<String> i = stored.fieldNames(); i.hasNext(); ) {
      String name = i.next();
      if (!names.contains(name)) {
        throw new InvalidDefinitionException(
            "%s has no parameter '%s', which the view stores a value for%s Create the view anew."
                .formatted(descriptor.name(), name, Suggestion.among(names, name)));
      }
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (UdtfParameter parameter : descriptor.parameters()) {
      values.add(value(descriptor, parameter, stored.get(parameter.name())));
    }
    return values;
  }

  private static @Nullable Object value(
      UdtfDescriptor<BatchUdtf> descriptor, UdtfParameter parameter, @Nullable JsonNode stored) {
    boolean absent = stored == null || stored.isNull();
    if (absent && parameter.nullable()) {
      return null;
    }
    String what = "Parameter '" + parameter.name() + "' of " + descriptor.name();
    if (stored == null || absent) {
      throw new InvalidDefinitionException(
          what
              + " has no value in the view. Create the view anew, or mark the parameter @Nullable.");
    }
    try {
      return Json.read(stored, parameter.type());
    } catch (IllegalArgumentException e) {
      throw new InvalidDefinitionException(
          what
              + " can't be "
              + stored
              + ", as it is a "
              + parameter.type().getTypeName()
              + ". Create the view anew. ("
              + message(e)
              + ")",
          e);
    }
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static ClassLoader classLoader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread == null ? UdtfBinding.class.getClassLoader() : ofThread;
  }
}
