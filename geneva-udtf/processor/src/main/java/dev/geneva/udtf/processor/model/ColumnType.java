package dev.geneva.udtf.processor.model;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.Optional;

/**
 * How a component's values become Arrow's.
 *
 * @param values the Java type of the values; the box of a primitive
 * @param codec an expression for the codec
 * @param primitive the kind of a column that needs no box
 */
public record ColumnType(TypeName values, CodeBlock codec, Optional<PrimitiveColumn> primitive) {

  /** A type whose values are objects. */
  public static ColumnType ofObjects(TypeName values, CodeBlock codec) {
    return new ColumnType(values, codec, Optional.empty());
  }
}
