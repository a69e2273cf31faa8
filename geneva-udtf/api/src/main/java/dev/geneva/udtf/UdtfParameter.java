package dev.geneva.udtf;

import java.lang.reflect.Type;
import java.util.Objects;

/**
 * A parameter of a function: a component of its record, or an argument of its constructor or
 * method.
 *
 * @param name the parameter's name, by which its value is stored with the view
 * @param type the Java type, with its type arguments
 * @param nullable whether null is a value; then a stored view that lacks the parameter gets null
 */
public record UdtfParameter(String name, Type type, boolean nullable) {
  /** Checks that name and type are there. */
  public UdtfParameter {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }
}
