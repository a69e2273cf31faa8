package dev.geneva.udtf.runtime;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.util.DecimalUtility;

/** Decimals of a fixed precision and scale. A value is never rounded. */
final class Decimals {

  private static final int MAX_PRECISION_OF_128_BITS = 38;

  private Decimals() {}

  static ColumnCodec<BigDecimal> codec(int precision, int scale) {
    int bytes = precision <= MAX_PRECISION_OF_128_BITS ? 16 : 32;
    return new FixedWidthCodec<>(
        new ArrowType.Decimal(precision, scale, bytes * Byte.SIZE),
        (data, row, value) ->
            DecimalUtility.writeBigDecimalToArrowBuf(
                fit(value, precision, scale), data, row, bytes),
        (data, row) -> DecimalUtility.getBigDecimalFromArrowBuf(data, row, scale, bytes));
  }

  private static BigDecimal fit(BigDecimal value, int precision, int scale) {
    BigDecimal scaled;
    try {
      scaled = value.setScale(scale, RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "holds %s, which has more than %d digits after the point"
              .formatted(value.toPlainString(), scale));
    }
    if (scaled.precision() > precision) {
      throw new IllegalArgumentException(
          "holds %s, which has more than %d digits in decimal(%d, %d)"
              .formatted(value.toPlainString(), precision, precision, scale));
    }
    return scaled;
  }
}
