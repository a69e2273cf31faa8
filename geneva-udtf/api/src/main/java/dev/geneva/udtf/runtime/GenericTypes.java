package dev.geneva.udtf.runtime;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Java types with type arguments, for {@link dev.geneva.udtf.UdtfParameter}. They equal those of
 * reflection; an anonymous class for each would cost compilers more.
 */
public final class GenericTypes {

  private GenericTypes() {}

  /**
   * A class with its type arguments: {@code List<String>} is {@code of(List.class, String.class)}.
   */
  public static Type of(Class<?> raw, Type... arguments) {
    return new Parameterized(raw, List.of(arguments));
  }

  /** An array of elements that have type arguments. */
  public static Type arrayOf(Type component) {
    return new ArrayOf(component);
  }

  private record Parameterized(Class<?> raw, List<Type> arguments) implements ParameterizedType {

    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return raw.getDeclaringClass();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ParameterizedType that
          && raw.equals(that.getRawType())
          && arguments.equals(List.of(that.getActualTypeArguments()));
    }

    /** As that of reflection, which is written nowhere but there. */
    @Override
    public int hashCode() {
      int owner = raw.getDeclaringClass() == null ? 0 : raw.getDeclaringClass().hashCode();
      return Arrays.hashCode(getActualTypeArguments()) ^ owner ^ raw.hashCode();
    }

    @Override
    public String toString() {
      return arguments.stream()
          .map(Type::getTypeName)
          .collect(Collectors.joining(", ", raw.getName() + "<", ">"));
    }
  }

  private record ArrayOf(Type component) implements GenericArrayType {

    @Override
    public Type getGenericComponentType() {
      return component;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof GenericArrayType that
          && component.equals(that.getGenericComponentType());
    }

    @Override
    public int hashCode() {
      return component.hashCode();
    }

    @Override
    public String toString() {
      return component.getTypeName() + "[]";
    }
  }
}
