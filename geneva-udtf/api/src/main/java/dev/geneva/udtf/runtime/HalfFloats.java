package dev.geneva.udtf.runtime;

import org.apache.arrow.memory.util.Float16;

/** Conversion to 16 bits of IEEE 754. */
final class HalfFloats {

  /** The largest finite half float. */
  private static final float MAX = 65504f;

  private HalfFloats() {}

  /**
   * Rounds to the nearest half float.
   *
   * @throws IllegalArgumentException if the value is finite, but no half float is that large
   */
  static short encode(float value) {
    short bits = Float16.toFloat16(value);
    if (Float.isInfinite(Float16.toFloat(bits)) && !Float.isInfinite(value)) {
      throw new IllegalArgumentException("holds " + value + ", but a half float ends at ±" + MAX);
    }
    return bits;
  }
}
