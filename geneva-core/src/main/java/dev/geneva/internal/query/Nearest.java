package dev.geneva.internal.query;

import dev.geneva.InvalidDefinitionException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows nearest to a vector.
 *
 * @param column the column of vectors
 * @param vector what is near
 * @param k the most rows
 */
public record Nearest(String column, List<Float> vector, int k) {

  /** Copies the list. */
  public Nearest {
    vector = List.copyOf(vector);
  }

  /** Checks what can be checked without the relation. */
  static Nearest of(String column, float[] vector, int k) {
    if (k < 1) {
      throw new InvalidDefinitionException("nearestTo needs a k of at least 1, not " + k + ".");
    }
    List<Float> values = new ArrayList<>(vector.length);
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        throw new InvalidDefinitionException(
            "nearestTo needs finite numbers; number " + values.size() + " is " + value + ".");
      }
      values.add(value);
    }
    return new Nearest(column, values, k);
  }

  /** The vector, anew. */
  float[] key() {
    float[] key = new float[vector.size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = vector.get(i);
    }
    return key;
  }

  @Override
  public String toString() {
    String shown =
        vector.size() <= 8
            ? vector.toString()
            : vector.subList(0, 4).toString().replace("]", ", … " + vector.size() + " numbers]");
    return k + " TO " + shown + " BY " + QuerySpec.quoted(column);
  }
}
